package candlestack.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import candlestack.local.postgres.PostgresServer;
import candlestack.local.process.Child;
import candlestack.local.process.Command;
import candlestack.local.process.Port;
import candlestack.local.process.Termination;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PulseTest {
    @TempDir
    Path folder;

    @Test
    void tellsAServerThatAnswersFromOneThatHangs() throws Exception {
        int port = freePort();
        Child server = Child.start(
                new PostgresServer(folder, port, "a password").prepare(),
                folder.resolve("postgres.log"),
                line -> line.contains(PostgresServer.READY));
        try {
            assertThat(server.awaitReady(60_000)).isTrue();
            assertThat(Pulse.of(List.of(service("postgres", port)))).isEqualTo(Map.of("postgres", true));

            signal("-STOP", server);
            assertThat(Pulse.of(List.of(service("postgres", port)))).isEqualTo(Map.of("postgres", false));
        } finally {
            signal("-CONT", server);
            Termination.end(List.of(server.handle()), Duration.ofSeconds(10));
        }
    }

    @Test
    void asksAllAtOnce() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            List<Service> services = Stream.of("kafka", "influxdb", "mongodb", "cassandra", "viewer")
                    .map(name -> service(name, silent.getLocalPort()))
                    .toList();
            long began = System.nanoTime();

            assertThat(Pulse.of(services)).hasSize(5).doesNotContainValue(true);

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Pulse.LIMIT.multipliedBy(3));
        }
    }

    @Test
    void asksNothingOfAPartThatListensToNobody() {
        assertThat(Pulse.of(List.of(service("ingest", 1)))).isEmpty();
    }

    private static Service service(String name, int port) {
        return new Service(
                name,
                Set.of(),
                Set.of(),
                List.of(new Port(port, name + ".port")),
                "",
                () -> new Command(List.of(), Map.of(), Path.of("")),
                line -> true);
    }

    private static void signal(String signal, Child server) throws Exception {
        new ProcessBuilder("kill", signal, String.valueOf(server.handle().pid()))
                .start()
                .waitFor();
    }

    private static int freePort() throws Exception {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }
}
