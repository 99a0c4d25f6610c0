package candlestack.local.postgres;

import candlestack.local.process.Child;
import candlestack.local.process.Termination;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A new server on a free port, until it is closed. */
public final class RunningPostgres implements AutoCloseable {
    public static final String PASSWORD = "a password";

    private final Child child;
    private final int port;

    private RunningPostgres(Child child, int port) {
        this.child = child;
        this.port = port;
    }

    /** @param folder gets its data and its log */
    public static RunningPostgres start(Path folder) throws Exception {
        int port = freePort();
        Child child = Child.start(
                new PostgresServer(folder, port, PASSWORD).prepare(),
                folder.resolve("postgres.log"),
                line -> line.contains(PostgresServer.READY));
        RunningPostgres server = new RunningPostgres(child, port);
        if (!child.awaitReady(60_000)) {
            server.close();
            throw new IllegalStateException("PostgreSQL is not ready after a minute: " + child.tail());
        }
        return server;
    }

    public int port() {
        return port;
    }

    public ProcessHandle handle() {
        return child.handle();
    }

    @Override
    public void close() {
        try {
            Termination.end(List.of(child.handle()), Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }
}
