package candlestack.analytics.sinks.postgres;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/**
 * Many rows into one table at the cost of few: COPY into a temporary table, then one statement that merges it. The
 * temporary table lives as long as the connection and is empty again after each transaction.
 */
final class StagedTable {
    private final String staging;
    private final String create;
    private final String copy;
    private final String merge;

    private StagedTable(String table, List<String> columns, String conflict) {
        staging = "staging_" + requireNonNull(table, "table is null").replace('.', '_');
        String list = String.join(", ", columns);
        create = "create temporary table if not exists " + staging + " on commit delete rows as select " + list
                + " from " + table + " with no data";
        copy = "copy " + staging + " (" + list + ") from stdin";
        merge = "insert into " + table + " as t (" + list + ") select " + list + " from " + staging + " on conflict "
                + conflict;
    }

    /** Rows replace those with the same key; a row that is the same already is left alone. */
    static StagedTable upserting(String table, List<String> keys, List<String> others) {
        String set =
                others.stream().map(column -> column + " = excluded." + column).collect(Collectors.joining(", "));
        String conflict = "(" + String.join(", ", keys) + ") do update set " + set + " where (" + prefixed("t.", others)
                + ") is distinct from (" + prefixed("excluded.", others) + ")";
        return new StagedTable(table, concatenated(keys, others), conflict);
    }

    /** Rows whose key is there already are left out. */
    static StagedTable inserting(String table, List<String> keys, List<String> others) {
        return new StagedTable(table, concatenated(keys, others), "(" + String.join(", ", keys) + ") do nothing");
    }

    /**
     * Within the connection's transaction.
     *
     * @param rows with no key twice, their columns keys first
     */
    void merge(Connection connection, CopyText rows) throws SQLException {
        if (rows.rows() == 0) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(create);
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy, new ByteArrayInputStream(rows.toBytes()));
            statement.executeUpdate(merge);
        } catch (IOException e) {
            throw new SQLException("Cannot copy rows into " + staging, "08006", e);
        }
    }

    private static String prefixed(String prefix, List<String> columns) {
        return columns.stream().map(prefix::concat).collect(Collectors.joining(", "));
    }

    private static List<String> concatenated(List<String> keys, List<String> others) {
        return java.util.stream.Stream.concat(keys.stream(), others.stream()).toList();
    }
}
