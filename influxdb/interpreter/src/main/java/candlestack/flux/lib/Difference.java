package candlestack.flux.lib;

import candlestack.flux.eval.Arguments;
import candlestack.flux.stream.TableBuilder;
import candlestack.flux.stream.TableStream;
import candlestack.flux.table.Column;
import candlestack.flux.table.ColumnMeta;
import candlestack.flux.table.DataType;
import candlestack.flux.table.GroupKey;
import candlestack.flux.table.Table;
import candlestack.flux.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What one stream has that another has not: rows are compared in order, table by table of the same key; rows of
 * {@code want} are marked {@code -}, rows of {@code got} {@code +}. Floats may differ by a millionth.
 */
final class Difference {
    private static final double EPSILON = 1e-6;

    private Difference() {}

    static Object stream(Arguments call) {
        TableStream want = call.stream("want");
        TableStream got = call.stream("got");
        return TableStream.derived(call, got, sink -> {
            Map<GroupKey, Table> wanted = byKey(call, want);
            Map<GroupKey, Table> gotten = byKey(call, got);
            Set<GroupKey> keys = new LinkedHashSet<>(wanted.keySet());
            keys.addAll(gotten.keySet());
            for (GroupKey key : keys) {
                compare(call, key, wanted.getOrDefault(key, none(key)), gotten.getOrDefault(key, none(key)), sink);
            }
        });
    }

    private static Table none(GroupKey key) {
        return new Table(key, List.of(), List.of(), 0);
    }

    private static Map<GroupKey, Table> byKey(Arguments call, TableStream stream) {
        Map<GroupKey, TableBuilder> builders = new LinkedHashMap<>();
        stream.run(table -> builders.computeIfAbsent(table.key(), k -> new TableBuilder(k, call.query()))
                .addAll(table));
        Map<GroupKey, Table> tables = new LinkedHashMap<>();
        builders.forEach((key, builder) -> tables.put(key, builder.build()));
        return tables;
    }

    private static void compare(Arguments call, GroupKey key, Table want, Table got, Consumer<Table> sink) {
        List<ColumnMeta> metas = new ArrayList<>(want.metas());
        got.metas().stream().filter(meta -> !metas.contains(meta)).forEach(metas::add);
        metas.removeIf(meta -> meta.label().equals("_diff"));
        TableBuilder result = new TableBuilder(key, call.query());
        for (int row = 0; row < Math.max(want.rows(), got.rows()); row++) {
            int at = row;
            boolean same = row < want.rows()
                    && row < got.rows()
                    && metas.stream().allMatch(meta -> same(value(want, meta, at), value(got, meta, at)));
            if (!same) {
                add(result, metas, want, row, "-");
                add(result, metas, got, row, "+");
            }
        }
        if (result.rows() > 0) {
            sink.accept(result.build());
        }
    }

    private static Object value(Table table, ColumnMeta meta, int row) {
        int index = table.metas().indexOf(meta);
        return index < 0 ? null : table.column(index).get(row);
    }

    private static boolean same(Object want, Object got) {
        if (want instanceof Double a && got instanceof Double b) {
            return a.equals(b) || Math.abs(a - b) <= EPSILON;
        }
        return Objects.equals(want, got);
    }

    private static void add(TableBuilder result, List<ColumnMeta> metas, Table table, int row, String mark) {
        if (row >= table.rows()) {
            return;
        }
        result.column("_diff", DataType.STRING).add((Object) mark);
        for (ColumnMeta meta : metas) {
            int index = table.metas().indexOf(meta);
            boolean unique =
                    metas.stream().filter(m -> m.label().equals(meta.label())).count() == 1;
            if (index >= 0) {
                Column column = table.column(index);
                String label =
                        unique ? meta.label() : meta.label() + "_" + meta.type().fluxName();
                result.column(label, meta.type()).add(Values.toColumn(column.get(row)));
            }
        }
        result.endRow();
    }
}
