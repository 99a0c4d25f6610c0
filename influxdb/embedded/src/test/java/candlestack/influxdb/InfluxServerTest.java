package candlestack.influxdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The process as the launcher sees it. */
@Timeout(120)
class InfluxServerTest {
    @TempDir
    Path home;

    @Test
    void saysWhereItListensAndEndsWithZeroWhenAskedTo() throws Exception {
        int port = freePort();
        Process process = start(Map.of("CANDLESTACK_INFLUXDB_PORT", Integer.toString(port)));
        try {
            assertThat(process.inputReader().readLine()).isEqualTo("ready http://127.0.0.1:" + port);
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write("GET /ping HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .startsWith("HTTP/1.1 204");
            }
            process.toHandle().destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aTakenPortIsNamedWithItsKey() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process process = start(Map.of("CANDLESTACK_INFLUXDB_PORT", Integer.toString(taken.getLocalPort())));

            assertThat(process.errorReader().readLine())
                    .isEqualTo("Cannot listen on port " + taken.getLocalPort()
                            + ": it is taken. Stop what listens there or set influxdb.port.");
            assertThat(process.waitFor()).isEqualTo(2);
            assertThat(home.resolve("influxdb")).doesNotExist();
        }
    }

    @Test
    void aWrongSettingIsNamed() throws Exception {
        Process process = start(Map.of("CANDLESTACK_INFLUXDB_SYNC", "soon"));

        assertThat(process.errorReader().readLine()).contains("Invalid influxdb.sync: 'soon'");
        assertThat(process.waitFor()).isEqualTo(2);
    }

    private Process start(Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                InfluxServer.class.getName());
        builder.environment().put("CANDLESTACK_HOME", home.toString());
        builder.environment()
                .put("CANDLESTACK_CONFIG", home.resolve("none.yaml").toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
