package candlestack.local.testbed;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The real Cassandra on a free port, as a child process. A start takes 7 s on a machine that is idle.
 *
 * <p>Its superuser's password is the secret {@code cassandra-superuser.password} in {@code secrets} of the home.
 */
public final class TestCassandra implements AutoCloseable {
    private static final String MAIN = "candlestack.local.cassandra.CassandraMain";

    private final Path home;
    private final int port;
    private TestProcess process;

    private TestCassandra(Path home) {
        this.home = requireNonNull(home, "home is null").toAbsolutePath();
        this.port = TestProcess.freePort();
    }

    /** Starts a node that keeps its data in {@code home}. */
    public static TestCassandra start(Path home) {
        TestCassandra cassandra = new TestCassandra(home);
        cassandra.start();
        return cassandra;
    }

    /** For the setting {@code cassandra.url}. */
    public String contactPoint() {
        return "127.0.0.1:" + port;
    }

    /** Takes the node away as {@code kill -9} does; its data and its address stay. */
    public void kill() {
        process.kill();
    }

    /** Takes the node away as a stop of the stack does. @return the exit code */
    public int stop() {
        return process.stop();
    }

    /** Brings the node back. */
    public void start() {
        Path options = TestProcess.module(MAIN).resolve("jvm.options");
        process = TestProcess.start(
                MAIN, List.of("@" + options), home, Map.of("CANDLESTACK_CASSANDRA_PORT", String.valueOf(port)));
    }

    /** Does not wait for what a clean stop would still write. */
    @Override
    public void close() {
        kill();
    }
}
