package candlestack.flux.lib;

import candlestack.flux.FluxException;
import candlestack.flux.eval.Arguments;
import candlestack.flux.eval.Query;
import candlestack.flux.stream.ColumnBuilder;
import candlestack.flux.stream.TableStream;
import candlestack.flux.table.Column;
import candlestack.flux.table.ColumnMeta;
import candlestack.flux.table.DataType;
import candlestack.flux.table.GroupKey;
import candlestack.flux.table.Table;
import candlestack.flux.value.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rows to columns and back. */
final class Pivots {
    /** About what a value costs in the maps, its row's share included. */
    private static final long BYTES_A_CELL = 120;

    private Pivots() {}

    static void register(PackageDefinition universe) {
        universe.function("pivot", "<-tables, rowKey, columnKey, valueColumn", Pivots::pivot);
    }

    /** What becomes one table. */
    private static final class Target {
        private final Map<List<Object>, Map<String, Object>> rows = new LinkedHashMap<>();
        private final Map<String, DataType> columns = new LinkedHashMap<>();
        private final Map<String, DataType> keys = new LinkedHashMap<>();
        private long charged;

        void charge(Query query, long bytes) {
            charged += bytes;
            query.charge(bytes);
        }
    }

    private static Object pivot(Arguments call) {
        List<String> rowKey = call.strings("rowKey");
        List<String> columnKey = call.strings("columnKey");
        String valueColumn = call.string("valueColumn");
        if (rowKey.stream().anyMatch(columnKey::contains)) {
            throw call.invalid("rowKey", "must not share columns with columnKey");
        }
        Set<String> gone = new java.util.HashSet<>(columnKey);
        gone.add(valueColumn);
        TableStream input = call.stream("tables");
        return TableStream.derived(call, input, sink -> {
            Map<GroupKey, Target> targets = new LinkedHashMap<>();
            input.run(table -> {
                GroupKey key = table.key().only(label -> !gone.contains(label));
                add(call, table, targets.computeIfAbsent(key, k -> new Target()), rowKey, columnKey, valueColumn);
            });
            targets.forEach((key, target) -> {
                sink.accept(build(call, key, target, rowKey));
                call.query().release(target.charged);
            });
        });
    }

    private static void add(
            Arguments call,
            Table table,
            Target target,
            List<String> rowKey,
            List<String> columnKey,
            String valueColumn) {
        Column values = Calls.column(call, table, valueColumn);
        List<Column> rowColumns =
                rowKey.stream().map(label -> Calls.column(call, table, label)).toList();
        List<Column> nameColumns = columnKey.stream()
                .map(label -> Calls.column(call, table, label))
                .toList();
        for (int i = 0; i < rowKey.size(); i++) {
            target.keys.put(rowKey.get(i), rowColumns.get(i).type());
        }
        for (int row = 0; row < table.rows(); row++) {
            call.query().check();
            Object[] keyValues = new Object[rowKey.size()];
            for (int i = 0; i < keyValues.length; i++) {
                keyValues[i] = rowColumns.get(i).get(row);
            }
            String name = name(nameColumns, row);
            DataType before = target.columns.putIfAbsent(name, values.type());
            if (before != null && before != values.type()) {
                throw FluxException.invalid("schema collision: column '" + name + "' is both of type "
                        + before.fluxName() + " and of type " + values.type().fluxName());
            }
            target.charge(call.query(), BYTES_A_CELL);
            target.rows
                    .computeIfAbsent(Arrays.asList(keyValues), k -> new LinkedHashMap<>())
                    .put(name, values.get(row));
        }
    }

    private static String name(List<Column> columns, int row) {
        StringBuilder name = new StringBuilder();
        for (Column column : columns) {
            Object value = column.get(row);
            name.append(name.isEmpty() ? "" : "_").append(value == null ? "null" : Values.display(value));
        }
        return name.toString();
    }

    private static Table build(Arguments call, GroupKey key, Target target, List<String> rowKey) {
        List<ColumnMeta> metas = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < rowKey.size(); i++) {
            DataType type = target.keys.get(rowKey.get(i));
            ColumnBuilder column = new ColumnBuilder(type, call.query());
            for (List<Object> values : target.rows.keySet()) {
                column.add(values.get(i));
            }
            metas.add(new ColumnMeta(rowKey.get(i), type));
            columns.add(column.build());
        }
        target.columns.forEach((label, type) -> {
            if (rowKey.contains(label) || key.has(label)) {
                throw FluxException.invalid("pivot: the new column '" + label + "' has the name of an old one");
            }
            ColumnBuilder column = new ColumnBuilder(type, call.query());
            target.rows.values().forEach(row -> column.add(row.get(label)));
            metas.add(new ColumnMeta(label, type));
            columns.add(column.build());
        });
        return Calls.keyed(key, target.rows.size(), metas, columns);
    }
}
