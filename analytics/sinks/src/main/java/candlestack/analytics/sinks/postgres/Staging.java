package candlestack.analytics.sinks.postgres;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * A temporary table with some columns of a table, filled by COPY. It lives as long as the connection and is empty again
 * after each transaction.
 */
final class Staging {
    private final String name;
    private final String columns;
    private final String create;
    private final String copy;

    Staging(String table, List<String> columns) {
        this.name = "staging_" + requireNonNull(table, "table is null").replace('.', '_');
        this.columns = String.join(", ", columns);
        this.create = "create temporary table if not exists " + name + " on commit delete rows as select "
                + this.columns + " from " + table + " with no data";
        this.copy = "copy " + name + " (" + this.columns + ") from stdin";
    }

    String name() {
        return name;
    }

    /** Separated by commas. */
    String columns() {
        return columns;
    }

    /** Within the connection's transaction. */
    void fill(Connection connection, CopyText rows) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(create);
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy, new ByteArrayInputStream(rows.toBytes()));
        } catch (IOException e) {
            throw new SQLException("Cannot copy rows into " + name, "08006", e);
        }
    }
}
