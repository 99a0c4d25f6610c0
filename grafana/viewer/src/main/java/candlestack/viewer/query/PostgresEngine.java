package candlestack.viewer.query;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** SQL as the role that can only select, in read-only transactions. */
public final class PostgresEngine implements QueryEngine {
    private static final String CANCELLED = "57014";
    private static final int MAX_CONNECTIONS = 4;
    private static final int CONNECT_MILLIS = 3_000;
    private static final int IDLE_MILLIS = 60_000;

    private final String url;
    private final String user;
    private final Supplier<Optional<String>> password;
    private final Limits limits;
    private HikariDataSource pool;

    /** @param password asked at the first query, since the server may be set up after the viewer has started */
    public PostgresEngine(String url, String user, Supplier<Optional<String>> password, Limits limits) {
        this.url = requireNonNull(url, "url is null");
        this.user = requireNonNull(user, "user is null");
        this.password = requireNonNull(password, "password is null");
        this.limits = requireNonNull(limits, "limits is null");
    }

    @Override
    public List<Frame> run(JsonNode target, Scope scope, Cancellation cancellation) {
        String sql = SqlText.interpolate(target.path("rawSql").asText(), scope);
        Frame rows = query(sql, cancellation);
        return List.of(target.path("format").asText().equals("time_series") ? LongToWide.convert(rows) : rows);
    }

    private Frame query(String sql, Cancellation cancellation) {
        try (Connection connection = pool().getConnection();
                Statement statement = connection.createStatement()) {
            cancellation.onCancel(() -> cancel(statement));
            statement.setQueryTimeout((int) limits.timeout().toSeconds());
            statement.setMaxRows(limits.rows() + 1);
            try (ResultSet rows = statement.executeQuery(sql)) {
                return SqlFrames.read(rows, limits);
            } finally {
                cancellation.onCancel(() -> {});
            }
        } catch (SQLException e) {
            throw new QueryException(message(e, cancellation), e);
        }
    }

    private String message(SQLException e, Cancellation cancellation) {
        if (CANCELLED.equals(e.getSQLState())) {
            return cancellation.isCancelled()
                    ? "The query was cancelled"
                    : "PostgreSQL had no answer within " + limits.timeout().toSeconds() + " s";
        }
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return "Cannot query PostgreSQL at " + url + ": " + cause.getMessage();
    }

    private static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            throw new QueryException("Cannot cancel a query: " + e.getMessage(), e);
        }
    }

    private synchronized HikariDataSource pool() {
        if (pool == null) {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(url);
            config.setUsername(user);
            config.setPassword(
                    password.get()
                            .orElseThrow(
                                    () -> new QueryException(
                                            "Cannot query PostgreSQL: its reader password is not there yet; the first start makes it")));
            config.setReadOnly(true);
            config.setMaximumPoolSize(MAX_CONNECTIONS);
            config.setMinimumIdle(0);
            config.setIdleTimeout(IDLE_MILLIS);
            config.setConnectionTimeout(CONNECT_MILLIS);
            config.setInitializationFailTimeout(-1);
            config.setPoolName("viewer");
            config.addDataSourceProperty("readOnlyMode", "always");
            config.addDataSourceProperty("ApplicationName", "candlestack-viewer");
            pool = new HikariDataSource(config);
        }
        return pool;
    }

    @Override
    public synchronized void close() {
        if (pool != null) {
            pool.close();
        }
    }
}
