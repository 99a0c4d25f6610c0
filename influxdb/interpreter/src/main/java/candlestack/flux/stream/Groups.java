package candlestack.flux.stream;

import candlestack.flux.eval.Query;
import candlestack.flux.table.Column;
import candlestack.flux.table.ColumnMeta;
import candlestack.flux.table.GroupKey;
import candlestack.flux.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Sorts rows into tables by a new group key. */
public final class Groups {
    private final Query query;
    private final Map<GroupKey, TableBuilder> builders = new LinkedHashMap<>();

    public Groups(Query query) {
        this.query = query;
    }

    /** The table with a key, made if need be. */
    public TableBuilder table(GroupKey key) {
        return builders.computeIfAbsent(key, k -> new TableBuilder(k, query));
    }

    /** Adds a table's rows, grouped by its columns of those labels. */
    public void add(Table table, Predicate<String> grouped) {
        List<ColumnMeta> metas = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        boolean constant = true;
        for (int i = 0; i < table.metas().size(); i++) {
            ColumnMeta meta = table.metas().get(i);
            if (grouped.test(meta.label())) {
                metas.add(meta);
                columns.add(table.column(i));
                constant &= table.column(i).isConstant() || table.key().has(meta.label());
            }
        }
        if (table.isEmpty()) {
            addEmpty(table, metas);
        } else if (constant) {
            table(keyAt(metas, columns, 0)).addAll(table);
        } else {
            for (int row = 0; row < table.rows(); row++) {
                query.check();
                table(keyAt(metas, columns, row)).addRow(table, row);
            }
        }
    }

    private void addEmpty(Table table, List<ColumnMeta> metas) {
        if (metas.stream().allMatch(meta -> table.key().has(meta.label()))) {
            Object[] values =
                    metas.stream().map(meta -> table.key().value(meta.label())).toArray();
            table(new GroupKey(metas, values)).columnsOf(table);
        }
    }

    private static GroupKey keyAt(List<ColumnMeta> metas, List<Column> columns, int row) {
        Object[] values = new Object[metas.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = columns.get(i).get(row);
        }
        return new GroupKey(metas, values);
    }

    /** Hands on the tables. */
    public void emit(Consumer<Table> sink) {
        for (TableBuilder builder : builders.values()) {
            sink.accept(constantKey(builder.build()));
        }
        builders.clear();
    }

    /** The table with its key's columns held as one value each. */
    private static Table constantKey(Table table) {
        Table result = table;
        for (int i = 0; i < table.key().size(); i++) {
            ColumnMeta meta = table.key().columns().get(i);
            result = result.with(
                    meta.label(), Column.constant(meta.type(), table.key().value(i), table.rows()));
        }
        return result;
    }
}
