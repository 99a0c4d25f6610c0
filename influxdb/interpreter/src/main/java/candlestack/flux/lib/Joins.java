package candlestack.flux.lib;

import candlestack.flux.eval.Arguments;
import candlestack.flux.stream.Groups;
import candlestack.flux.stream.TableBuilder;
import candlestack.flux.stream.TableStream;
import candlestack.flux.table.Column;
import candlestack.flux.table.ColumnMeta;
import candlestack.flux.table.GroupKey;
import candlestack.flux.table.Table;
import candlestack.flux.value.RecordValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The universe's {@code join}: inner, of two streams, on columns both have. */
final class Joins {
    private final Arguments call;
    private final List<String> on;
    private final List<String> names;
    private final List<TableStream> inputs;

    private Joins(Arguments call) {
        this.call = call;
        RecordValue tables = call.record("tables");
        this.names = tables.names().stream().sorted().toList();
        this.inputs = new ArrayList<>();
        for (String name : names) {
            if (!(tables.get(name) instanceof TableStream stream)) {
                throw call.wrongType("tables", "a record of streams", tables.get(name));
            }
            inputs.add(stream);
        }
        if (inputs.size() != 2) {
            throw call.invalid("tables", "must have exactly two streams, has " + inputs.size());
        }
        if (!call.string("method", "inner").equals("inner")) {
            throw call.unsupported("method", "with another value than \"inner\"");
        }
        this.on = call.strings("on").stream().sorted().toList();
        if (on.isEmpty()) {
            throw call.invalid("on", "must not be empty");
        }
    }

    static void register(PackageDefinition universe) {
        universe.function("join", "<-tables, on, ?method", call -> new Joins(call).stream());
    }

    private TableStream stream() {
        return TableStream.derived(call, inputs.get(0), sink -> {
            List<Table> left = inputs.get(0).collect();
            List<Table> right = inputs.get(1).collect();
            Groups groups = new Groups(call.query());
            for (Table a : left) {
                for (Table b : right) {
                    call.query().check();
                    if (mayMatch(a.key(), b.key())) {
                        Table first = Columns.renamed(a, suffix(labels(b), names.get(0)));
                        Table second = Columns.renamed(b, suffix(labels(a), names.get(1)));
                        join(first, second, groups);
                    }
                }
            }
            left.forEach(call.query()::drop);
            right.forEach(call.query()::drop);
            groups.emit(sink);
        });
    }

    private static Set<String> labels(Table table) {
        return table.metas().stream().map(ColumnMeta::label).collect(Collectors.toSet());
    }

    private UnaryOperator<String> suffix(Set<String> others, String name) {
        return label -> on.contains(label) || !others.contains(label) ? label : label + "_" + name;
    }

    private boolean mayMatch(GroupKey a, GroupKey b) {
        return on.stream()
                .filter(label -> a.has(label) && b.has(label))
                .allMatch(label -> java.util.Objects.equals(a.value(label), b.value(label)));
    }

    private void join(Table left, Table right, Groups groups) {
        if (!on.stream().allMatch(label -> left.has(label) && right.has(label))) {
            return;
        }
        Map<List<Object>, List<Integer>> rightRows = new HashMap<>();
        for (int row = 0; row < right.rows(); row++) {
            int at = row;
            values(right, row)
                    .ifPresent(v ->
                            rightRows.computeIfAbsent(v, k -> new ArrayList<>()).add(at));
        }
        Table ordered = Shaping.sorted(left, on, false);
        for (int row = 0; row < ordered.rows(); row++) {
            call.query().check();
            Optional<List<Object>> values = values(ordered, row);
            for (int match :
                    values.map(v -> rightRows.getOrDefault(v, List.of())).orElse(List.of())) {
                addRow(groups.table(key(ordered, row, right, match)), ordered, row, right, match);
            }
        }
    }

    private Optional<List<Object>> values(Table table, int row) {
        Object[] values = new Object[on.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = table.column(table.indexOf(on.get(i))).get(row);
            if (values[i] == null) {
                return Optional.empty();
            }
        }
        return Optional.of(Arrays.asList(values));
    }

    private static GroupKey key(Table left, int leftRow, Table right, int rightRow) {
        Map<ColumnMeta, Object> values = new LinkedHashMap<>();
        putKey(values, left, leftRow);
        putKey(values, right, rightRow);
        return new GroupKey(List.copyOf(values.keySet()), values.values().toArray());
    }

    private static void putKey(Map<ColumnMeta, Object> values, Table table, int row) {
        for (ColumnMeta meta : table.key().columns()) {
            values.put(meta, table.column(table.indexOf(meta.label())).get(row));
        }
    }

    private static void addRow(TableBuilder target, Table left, int leftRow, Table right, int rightRow) {
        for (int i = 0; i < left.metas().size(); i++) {
            ColumnMeta meta = left.metas().get(i);
            target.column(meta.label(), meta.type()).add(left.column(i), leftRow);
        }
        for (int i = 0; i < right.metas().size(); i++) {
            ColumnMeta meta = right.metas().get(i);
            if (!left.has(meta.label())) {
                Column column = right.column(i);
                target.column(meta.label(), meta.type()).add(column, rightRow);
            }
        }
        target.endRow();
    }
}
