package candlestack.flux.lib;

import candlestack.flux.FluxException;
import candlestack.flux.eval.Arguments;
import candlestack.flux.table.Column;
import candlestack.flux.table.ColumnMeta;
import candlestack.flux.table.GroupKey;
import candlestack.flux.table.Table;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** What many functions on tables do. */
final class Calls {
    static final BitSet NO_NULLS = new BitSet(0);

    private Calls() {}

    /** A table's column, or an error that names it. */
    static Column column(Arguments call, Table table, String label) {
        int index = table.indexOf(label);
        if (index < 0) {
            throw FluxException.invalid(call.position(), call.function() + ": there is no column '" + label + "'");
        }
        return table.column(index);
    }

    /** The columns a function works on: {@code columns}, of which those in the key are refused. */
    static List<String> notKeys(Arguments call, Table table, List<String> labels) {
        for (String label : labels) {
            if (table.key().has(label)) {
                throw FluxException.invalid(
                        call.position(), call.function() + ": column '" + label + "' is part of the group key");
            }
        }
        return labels;
    }

    /** A table of the key's columns, one row, and further columns. */
    static Table keyed(GroupKey key, int rows, List<ColumnMeta> metas, List<Column> columns) {
        List<ColumnMeta> allMetas = new ArrayList<>();
        List<Column> allColumns = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
            ColumnMeta meta = key.columns().get(i);
            if (metas.stream().noneMatch(m -> m.label().equals(meta.label()))) {
                allMetas.add(meta);
                allColumns.add(Column.constant(meta.type(), key.value(i), rows));
            }
        }
        allMetas.addAll(metas);
        allColumns.addAll(columns);
        return new Table(key, allMetas, allColumns, rows);
    }

    /** The rows a condition selects. */
    static Table filtered(Table table, java.util.function.IntPredicate condition) {
        int[] rows = new int[table.rows()];
        int count = 0;
        for (int row = 0; row < rows.length; row++) {
            if (condition.test(row)) {
                rows[count++] = row;
            }
        }
        return count == rows.length ? table : table.take(rows, count);
    }

    /** A table without some columns; the key loses them too. */
    static Optional<Table> project(Table table, java.util.function.Predicate<String> kept) {
        List<ColumnMeta> metas = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < table.metas().size(); i++) {
            if (kept.test(table.metas().get(i).label())) {
                metas.add(table.metas().get(i));
                columns.add(table.column(i));
            }
        }
        return metas.isEmpty()
                ? Optional.empty()
                : Optional.of(new Table(table.key().only(kept), metas, columns, table.rows()));
    }
}
