package candlestack.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import candlestack.local.Installation;
import candlestack.local.LauncherException;
import candlestack.local.process.Command;
import candlestack.local.process.PidFiles;
import candlestack.local.process.Port;
import candlestack.local.process.ProcessId;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchTest {
    @TempDir
    Path folder;

    @Test
    void namesAllTakenPortsBeforeAnythingStarts() throws Exception {
        try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket two = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Launch launch = launch(service(
                        new Port(one.getLocalPort(), "kafka.port"), new Port(two.getLocalPort(), "status.port")))) {
            LauncherException refusal = catchThrowableOfType(LauncherException.class, launch::start);

            assertThat(refusal)
                    .hasMessageStartingWith("Cannot start: port " + one.getLocalPort() + " (kafka.port) is held by ")
                    .hasMessageContaining("port " + two.getLocalPort() + " (status.port) is held by ");
            assertThat(refusal.exitCode()).isEqualTo(1);
            assertThat(launch.board().conditions().get("store").phase()).isEqualTo(Phase.WAITING);
        }
    }

    @Test
    void aSecondLauncherOfTheSameHomeIsRefusedUntilTheFirstIsGone() throws Exception {
        try (Launch first = launch(service())) {
            assertThat(first.start()).isTrue();
            try (Launch second = launch(service())) {
                LauncherException refusal = catchThrowableOfType(LauncherException.class, second::start);

                assertThat(refusal)
                        .hasMessage("Cannot start: it is already running in " + folder.resolve("home")
                                + "; './candlestack status' shows it, './candlestack down' stops it");
            }
            first.stop();
        }
        try (Launch third = launch(service())) {
            assertThat(third.start()).isTrue();
            third.stop();
        }
    }

    @Test
    void endsWhatAKilledLauncherHasLeft() throws Exception {
        Process orphan = new ProcessBuilder("sleep", "60").start();
        PidFiles pidFiles = new PidFiles(installation().run());
        pidFiles.write("store", ProcessId.of(orphan.toHandle()).orElseThrow());

        try (Launch launch = launch(service())) {
            assertThat(launch.start()).isTrue();
            assertThat(orphan.isAlive()).isFalse();
            launch.stop();
        }
    }

    @Test
    void aPartThatCannotStartIsExplainedWithItsLastWords() throws Exception {
        Command command = new Command(List.of("sh", "-c", "echo Invalid port; exit 2"), Map.of(), folder);
        Service broken = new Service("store", Set.of(), Set.of(), List.of(), "", () -> command, line -> false);

        try (Launch launch = launch(broken)) {
            LauncherException failure = catchThrowableOfType(LauncherException.class, launch::start);

            assertThat(failure)
                    .hasMessage("Cannot start store: refused its configuration\n  | Invalid port\nMore in "
                            + folder.resolve("home/logs/store.log"));
            launch.stop();
        }
    }

    private Installation installation() {
        Map<String, String> environment =
                Map.of("CANDLESTACK_HOME", folder.resolve("home").toString());
        return Installation.load(folder, Optional.empty(), Map.of(), environment);
    }

    private Launch launch(Component component) {
        return new Launch(installation(), List.of(component), InstantSource.system());
    }

    private Service service(Port... ports) {
        Command command = new Command(List.of("sh", "-c", "echo ready; exec sleep 60"), Map.of(), folder);
        return new Service(
                "store", Set.of(), Set.of(), List.of(ports), "", () -> command, line -> line.equals("ready"));
    }
}
