package candlestack.flux.lib;

import candlestack.flux.FluxException;
import candlestack.flux.eval.Arguments;
import candlestack.flux.stream.RowRecord;
import candlestack.flux.stream.TableBuilder;
import candlestack.flux.stream.TableStream;
import candlestack.flux.table.Column;
import candlestack.flux.table.ColumnMeta;
import candlestack.flux.table.DataType;
import candlestack.flux.table.GroupKey;
import candlestack.flux.table.Table;
import candlestack.flux.value.FunctionValue;
import candlestack.flux.value.Null;
import candlestack.flux.value.RecordValue;
import candlestack.flux.value.Values;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code experimental.join}: rows of the same time in tables of the same group key, both in ascending time. */
final class ExperimentalJoin {
    private static final String TIME = "_time";

    private final Arguments call;
    private final FunctionValue fn;

    private ExperimentalJoin(Arguments call) {
        this.call = call;
        this.fn = call.function("fn");
    }

    static void register(PackageDefinition experimental) {
        experimental.function("join", "left, right, fn", call -> new ExperimentalJoin(call).stream());
    }

    private TableStream stream() {
        TableStream left = call.stream("left");
        TableStream right = call.stream("right");
        return TableStream.derived(call, left, sink -> {
            List<Table> rightTables = right.collect();
            Map<GroupKey, Table> byKey = new HashMap<>();
            rightTables.forEach(table -> byKey.put(table.key(), table));
            left.run(table -> {
                Table other = byKey.get(table.key());
                if (other != null && !table.isEmpty() && !other.isEmpty()) {
                    sink.accept(joined(table, other));
                }
            });
            rightTables.forEach(call.query()::drop);
        });
    }

    private Table joined(Table left, Table right) {
        Column leftTimes = times(left);
        Column rightTimes = times(right);
        TableBuilder rows = new TableBuilder(left.key(), call.query());
        int first = 0;
        for (int row = 0; row < left.rows(); row++) {
            call.query().check();
            long time = leftTimes.longAt(row);
            while (first < right.rows() && rightTimes.longAt(first) < time) {
                first++;
            }
            for (int match = first; match < right.rows() && rightTimes.longAt(match) == time; match++) {
                addRow(rows, fn.call(Map.of("left", new RowRecord(left, row), "right", new RowRecord(right, match))));
            }
        }
        return rows.build();
    }

    private Column times(Table table) {
        Column times = Calls.column(call, table, TIME);
        if (times.type() != DataType.TIME || !times.hasNoNulls()) {
            throw FluxException.invalid("join: column '_time' must have a time in every row");
        }
        return times;
    }

    private void addRow(TableBuilder rows, Object result) {
        if (!(result instanceof RecordValue record)) {
            throw call.wrongType("fn", "a function that returns a record", result);
        }
        Map<String, Object> values = new TreeMap<>(record.copy());
        for (ColumnMeta meta : rows.key().columns()) {
            Object value = values.get(meta.label());
            if (value == null
                    || !Values.fromColumn(rows.key().value(meta.label()), meta.type())
                            .equals(value)) {
                throw call.invalid("fn", "may not change the group key: '" + meta.label() + "'");
            }
        }
        values.forEach((label, value) -> addValue(rows, label, value));
        rows.endRow();
    }

    private static void addValue(TableBuilder rows, String label, Object value) {
        DataType type = Values.columnType(value).orElse(null);
        if (type != null) {
            rows.column(label, type).add(Values.toColumn(value));
        } else if (!(value instanceof Null)) {
            throw FluxException.invalid(
                    "join: a column cannot hold a value of type " + Values.typeName(value) + " ('" + label + "')");
        }
    }
}
