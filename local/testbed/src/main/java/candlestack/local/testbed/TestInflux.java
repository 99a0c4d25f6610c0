package candlestack.local.testbed;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The embedded InfluxDB on a free port, as a child process. A start takes a second. */
public final class TestInflux implements AutoCloseable {
    private static final String MAIN = "candlestack.influxdb.InfluxServer";

    private final Path home;
    private final int port;
    private TestProcess process;

    private TestInflux(Path home) {
        this.home = requireNonNull(home, "home is null").toAbsolutePath();
        this.port = TestProcess.freePort();
    }

    /** Starts a server that keeps its data in {@code home}, and that nobody has set up. */
    public static TestInflux start(Path home) {
        TestInflux influx = new TestInflux(home);
        influx.start();
        return influx;
    }

    /** For the setting {@code influxdb.url}. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Takes the server away as {@code kill -9} does; its data and its address stay. */
    public void kill() {
        process.kill();
    }

    /** Takes the server away as a stop of the stack does. @return the exit code */
    public int stop() {
        return process.stop();
    }

    /** Brings the server back. */
    public void start() {
        process = TestProcess.start(
                MAIN,
                List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                home,
                Map.of("CANDLESTACK_INFLUXDB_PORT", String.valueOf(port)));
    }

    @Override
    public void close() {
        kill();
    }
}
