package candlestack.analytics.sinks.postgres;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.sinks.delivery.StoreException;
import candlestack.analytics.sinks.delivery.StoreException.Kind;
import candlestack.config.Secrets;
import candlestack.config.Settings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of the writer role, opened when it is needed and again after it broke. For one thread;
 * {@link #close} for any.
 */
final class PostgresSession implements AutoCloseable {
    static final String WRITER = "candlestack_writer";

    private static final Logger log = LoggerFactory.getLogger(PostgresSession.class);

    private final String url;
    private final Secrets secrets;
    private volatile Connection connection;

    /** What happens in one transaction. */
    @FunctionalInterface
    interface Work {
        void run(Connection connection) throws SQLException;
    }

    PostgresSession(Settings settings) {
        this.url = settings.postgresUrl();
        this.secrets = new Secrets(settings.secretsDirectory());
    }

    /** All of the work or nothing of it. */
    void transaction(Work work) throws StoreException {
        requireNonNull(work, "work is null");
        try {
            if (connection == null) {
                connection = connect();
            }
            work.run(connection);
            connection.commit();
        } catch (SQLException e) {
            StoreException failure = storeException(e);
            recover(failure.kind());
            throw failure;
        }
    }

    @Override
    public void close() {
        Connection open = connection;
        if (open != null) {
            try {
                // Unlike close(), abort() does not wait for a statement that is running.
                open.abort(Runnable::run);
            } catch (SQLException e) {
                log.debug("Cannot abort the connection", e);
            }
        }
    }

    private Connection connect() throws SQLException, StoreException {
        Properties properties = new Properties();
        properties.setProperty("user", WRITER);
        properties.setProperty(
                "password",
                secrets.find(Secrets.POSTGRES_WRITER)
                        .orElseThrow(() -> new StoreException(
                                Kind.MISCONFIGURED,
                                "no secret '" + Secrets.POSTGRES_WRITER + "' yet: the set-up step makes it",
                                null)));
        properties.setProperty("ApplicationName", "candlestack-sinks");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "60");
        Connection opened = DriverManager.getConnection(url, properties);
        opened.setAutoCommit(false);
        return opened;
    }

    /** After a refusal the connection is good; after anything else a new one costs little and is surely good. */
    private void recover(Kind kind) {
        Connection open = connection;
        if (open == null) {
            return;
        }
        try {
            if (kind == Kind.REFUSED) {
                open.rollback();
                return;
            }
        } catch (SQLException e) {
            log.debug("Cannot roll back", e);
        }
        close();
        connection = null;
    }

    private StoreException storeException(SQLException e) {
        return new StoreException(kind(e), "PostgreSQL at " + url + ": " + e.getMessage(), e);
    }

    /** By the class of the SQLSTATE, <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">as listed</a>. */
    static Kind kind(SQLException e) {
        String state = e.getSQLState();
        if (state == null || state.length() != 5) {
            return Kind.UNREACHABLE;
        }
        return switch (state.substring(0, 2)) {
            case "08", "57" -> Kind.UNREACHABLE;
            // Values, constraints, the same row twice, a value that is too long for an index.
            case "21", "22", "23", "54" -> Kind.REFUSED;
            case "28", "3D", "3F", "42" -> Kind.MISCONFIGURED;
            default -> Kind.BUSY;
        };
    }
}
