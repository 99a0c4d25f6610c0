package candlestack.local.testbed;

import static java.util.Objects.requireNonNull;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** The real PostgreSQL on a free port. Its superuser is trusted, everybody else has to know a password. */
public final class TestPostgres implements AutoCloseable {
    private static final String ACCESS = """
            local all postgres trust
            host all postgres 127.0.0.1/32 trust
            host all all 127.0.0.1/32 scram-sha-256
            """;

    private final Path folder;
    private EmbeddedPostgres server;
    private int port;

    private TestPostgres(Path folder) {
        this.folder = folder;
    }

    /** Starts a server with an empty database in {@code folder}. */
    public static TestPostgres start(Path folder) {
        TestPostgres postgres = new TestPostgres(requireNonNull(folder, "folder is null"));
        postgres.start();
        return postgres;
    }

    /** The address of the database {@code candlestack}, which the server does not have at first. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/candlestack";
    }

    /** A connection of the superuser. The caller closes it. */
    public Connection superuser(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres");
    }

    /** Takes the server away; its data and its address stay. */
    public void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot stop PostgreSQL", e);
        }
    }

    /** Brings the server back. */
    public void start() {
        try {
            server = EmbeddedPostgres.builder()
                    .setDataDirectory(folder.resolve("data"))
                    .setOverrideWorkingDirectory(folder.toFile())
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .start();
            port = server.getPort();
            restrictAccess();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start PostgreSQL in '" + folder + "'", e);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot restrict the access to PostgreSQL", e);
        }
    }

    @Override
    public void close() {
        stop();
    }

    private void restrictAccess() throws IOException, SQLException {
        Files.writeString(folder.resolve("data/pg_hba.conf"), ACCESS);
        try (Connection connection = superuser("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_reload_conf()");
        }
    }
}
