package candlestack.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import candlestack.local.postgres.RunningPostgres;
import candlestack.local.process.Command;
import candlestack.local.process.Port;
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
        try (RunningPostgres server = RunningPostgres.start(folder)) {
            List<Service> services = List.of(service("postgres", server.port()));
            assertThat(Pulse.of(services)).isEqualTo(Map.of("postgres", true));

            signal("-STOP", server);
            try {
                assertThat(Pulse.of(services)).isEqualTo(Map.of("postgres", false));
            } finally {
                signal("-CONT", server);
            }
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

    private static void signal(String signal, RunningPostgres server) throws Exception {
        new ProcessBuilder("kill", signal, String.valueOf(server.handle().pid()))
                .start()
                .waitFor();
    }
}
