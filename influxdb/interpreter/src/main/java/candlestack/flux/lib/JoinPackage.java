package candlestack.flux.lib;

import candlestack.flux.FluxException;
import candlestack.flux.eval.Arguments;
import candlestack.flux.eval.Closure;
import candlestack.flux.stream.RowRecord;
import candlestack.flux.stream.TableBuilder;
import candlestack.flux.stream.TableStream;
import candlestack.flux.syntax.Expression;
import candlestack.flux.syntax.Expression.Binary;
import candlestack.flux.syntax.Expression.Identifier;
import candlestack.flux.syntax.Expression.Logical;
import candlestack.flux.syntax.Expression.Member;
import candlestack.flux.syntax.Statement;
import candlestack.flux.table.Column;
import candlestack.flux.table.ColumnMeta;
import candlestack.flux.table.GroupKey;
import candlestack.flux.table.Table;
import candlestack.flux.value.RecordValue;
import candlestack.flux.value.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The package join: rows of tables with the same group key, joined where columns are equal. */
final class JoinPackage {
    private final Arguments call;
    private final boolean keepLeft;
    private final boolean keepRight;
    private final List<String> leftColumns = new ArrayList<>();
    private final List<String> rightColumns = new ArrayList<>();

    private JoinPackage(Arguments call) {
        this.call = call;
        String method = call.string("method");
        if (!Set.of("inner", "left", "right", "full").contains(method)) {
            throw call.invalid("method", "must be \"inner\", \"left\", \"right\" or \"full\", is \"" + method + "\"");
        }
        this.keepLeft = method.equals("left") || method.equals("full");
        this.keepRight = method.equals("right") || method.equals("full");
        if (!(call.function("on") instanceof Closure on)
                || on.source().body().statements().size() != 1
                || !(on.source().body().statements().get(0) instanceof Statement.Return body)) {
            throw equalityExpected(call);
        }
        readOn(body.value());
    }

    static void register(PackageDefinition join) {
        join.function("tables", "<-left, right, on, as, method", call -> new JoinPackage(call).stream());
    }

    private static FluxException equalityExpected(Arguments call) {
        return call.invalid("on", "must be (l, r) => l.a == r.b, or several such joined by 'and'");
    }

    private void readOn(Expression condition) {
        if (condition instanceof Logical logical && logical.operator().equals("and")) {
            readOn(logical.left());
            readOn(logical.right());
        } else if (condition instanceof Binary binary
                && binary.operator().equals("==")
                && binary.left() instanceof Member left
                && binary.right() instanceof Member right
                && left.object() instanceof Identifier a
                && right.object() instanceof Identifier b
                && Set.of(a.name(), b.name()).equals(Set.of("l", "r"))) {
            leftColumns.add(a.name().equals("l") ? left.name() : right.name());
            rightColumns.add(a.name().equals("l") ? right.name() : left.name());
        } else {
            throw equalityExpected(call);
        }
    }

    private TableStream stream() {
        TableStream left = call.stream("left");
        TableStream right = call.stream("right");
        return TableStream.derived(call, left, sink -> {
            Map<GroupKey, Table> lefts = byKey(left);
            Map<GroupKey, Table> rights = byKey(right);
            Set<GroupKey> keys = new LinkedHashSet<>(lefts.keySet());
            keys.addAll(rights.keySet());
            for (GroupKey key : keys) {
                Table a = Optional.ofNullable(lefts.get(key)).orElseGet(() -> empty(key, lefts));
                Table b = Optional.ofNullable(rights.get(key)).orElseGet(() -> empty(key, rights));
                Table joined = join(key, a, b);
                if (!joined.isEmpty()) {
                    sink.accept(joined);
                }
            }
            lefts.values().forEach(call.query()::drop);
            rights.values().forEach(call.query()::drop);
        });
    }

    private Map<GroupKey, Table> byKey(TableStream stream) {
        Map<GroupKey, TableBuilder> builders = new LinkedHashMap<>();
        stream.run(table -> builders.computeIfAbsent(table.key(), k -> new TableBuilder(k, call.query()))
                .addAll(table));
        Map<GroupKey, Table> tables = new LinkedHashMap<>();
        builders.forEach((key, builder) -> {
            Table table = builder.build();
            call.query().hold(table);
            tables.put(key, table);
        });
        return tables;
    }

    private static Table empty(GroupKey key, Map<GroupKey, Table> others) {
        Optional<Table> other = others.values().stream().findFirst();
        return other.map(table -> table.slice(0, 0).withKey(key))
                .orElseGet(() -> new Table(key, List.of(), List.of(), 0));
    }

    private Table join(GroupKey key, Table left, Table right) {
        Map<List<Object>, List<Integer>> rightRows = new HashMap<>();
        for (int row = 0; row < right.rows(); row++) {
            int at = row;
            values(right, rightColumns, row)
                    .ifPresent(v ->
                            rightRows.computeIfAbsent(v, k -> new ArrayList<>()).add(at));
        }
        boolean[] matched = new boolean[right.rows()];
        TableBuilder result = new TableBuilder(key, call.query());
        for (int row = 0; row < left.rows(); row++) {
            call.query().check();
            List<Integer> matches = values(left, leftColumns, row)
                    .map(v -> rightRows.getOrDefault(v, List.of()))
                    .orElse(List.of());
            for (int match : matches) {
                matched[match] = true;
                add(result, new RowRecord(left, row), new RowRecord(right, match));
            }
            if (matches.isEmpty() && keepLeft) {
                add(result, new RowRecord(left, row), missing(right));
            }
        }
        for (int row = 0; keepRight && row < matched.length; row++) {
            if (!matched[row]) {
                add(result, missing(left), new RowRecord(right, row));
            }
        }
        return result.build();
    }

    /** A row that is not there: its key's columns, and null in the others. */
    private static RecordValue missing(Table table) {
        List<Column> columns = new ArrayList<>();
        for (ColumnMeta meta : table.metas()) {
            columns.add(Column.constant(meta.type(), table.key().value(meta.label()), 1));
        }
        return new RowRecord(new Table(table.key(), table.metas(), columns, 1), 0);
    }

    private Optional<List<Object>> values(Table table, List<String> labels, int row) {
        Object[] values = new Object[labels.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Calls.column(call, table, labels.get(i)).get(row);
            if (values[i] == null) {
                return Optional.empty();
            }
        }
        return Optional.of(Arrays.asList(values));
    }

    private void add(TableBuilder result, RecordValue left, RecordValue right) {
        Object row = call.function("as").call(Map.of("l", left, "r", right));
        if (!(row instanceof RecordValue record)) {
            throw call.wrongType("as", "a function that returns a record", row);
        }
        for (ColumnMeta meta : result.key().columns()) {
            Object value = Values.toColumn(record.get(meta.label()));
            if (!java.util.Objects.equals(value, result.key().value(meta.label()))) {
                throw call.invalid("as", "must keep the group key's column '" + meta.label() + "' as it is");
            }
        }
        Sources.addRecord(result, record);
    }
}
