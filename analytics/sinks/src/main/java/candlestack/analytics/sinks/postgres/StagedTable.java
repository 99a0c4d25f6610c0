package candlestack.analytics.sinks.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Many rows into one table at the cost of few: COPY into a temporary table, then one statement that merges it. */
final class StagedTable {
    private final Staging staging;
    private final String merge;

    private StagedTable(String table, List<String> columns, String conflict) {
        staging = new Staging(table, columns);
        merge = "insert into " + table + " as t (" + staging.columns() + ") select " + staging.columns() + " from "
                + staging.name() + " on conflict " + conflict;
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
        staging.fill(connection, rows);
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(merge);
        }
    }

    private static String prefixed(String prefix, List<String> columns) {
        return columns.stream().map(prefix::concat).collect(Collectors.joining(", "));
    }

    private static List<String> concatenated(List<String> keys, List<String> others) {
        return Stream.concat(keys.stream(), others.stream()).toList();
    }
}
