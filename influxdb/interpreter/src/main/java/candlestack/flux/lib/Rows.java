package candlestack.flux.lib;

import candlestack.flux.FluxException;
import candlestack.flux.eval.Arguments;
import candlestack.flux.stream.Groups;
import candlestack.flux.stream.RowRecord;
import candlestack.flux.stream.TableBuilder;
import candlestack.flux.stream.TableStream;
import candlestack.flux.table.ColumnMeta;
import candlestack.flux.table.DataType;
import candlestack.flux.table.GroupKey;
import candlestack.flux.table.Table;
import candlestack.flux.value.FunctionValue;
import candlestack.flux.value.Null;
import candlestack.flux.value.RecordValue;
import candlestack.flux.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Functions applied to each row. */
final class Rows {
    private Rows() {}

    static void register(PackageDefinition universe) {
        universe.function("map", "<-tables, fn, ?mergeKey", Rows::map)
                .function("reduce", "<-tables, fn, identity", Rows::reduce);
    }

    private static Object map(Arguments call) {
        FunctionValue fn = call.function("fn");
        boolean mergeKey = call.truth("mergeKey", false);
        TableStream input = call.stream("tables");
        return TableStream.derived(call, input, sink -> {
            Groups groups = new Groups(call.query());
            input.run(table -> {
                for (int row = 0; row < table.rows(); row++) {
                    call.query().check();
                    Object result = fn.call("r", new RowRecord(table, row));
                    if (!(result instanceof RecordValue record)) {
                        throw call.wrongType("fn", "a function that returns a record", result);
                    }
                    Map<String, Object> values = record.copy();
                    if (mergeKey) {
                        for (ColumnMeta meta : table.key().columns()) {
                            values.putIfAbsent(meta.label(), table.key().value(meta.label()));
                        }
                    }
                    addRow(groups, table, values);
                }
            });
            groups.emit(sink);
        });
    }

    /** The row's key: the columns of the table's key that the function kept. */
    private static void addRow(Groups groups, Table table, Map<String, Object> values) {
        List<ColumnMeta> metas = new ArrayList<>();
        List<Object> key = new ArrayList<>();
        for (ColumnMeta meta : table.key().columns()) {
            Object value = values.get(meta.label());
            if (value != null) {
                metas.add(new ColumnMeta(meta.label(), Values.columnType(value).orElse(meta.type())));
                key.add(Values.toColumn(value));
            }
        }
        TableBuilder rows = groups.table(new GroupKey(metas, key.toArray()));
        for (Map.Entry<String, Object> entry : values.entrySet()) {
            Object value = entry.getValue();
            Optional<DataType> type = Values.columnType(value);
            if (type.isPresent()) {
                rows.column(entry.getKey(), type.get()).add(Values.toColumn(value));
            } else if (!(value instanceof Null)) {
                throw FluxException.invalid("map: a column cannot hold a value of type " + Values.typeName(value)
                        + " ('" + entry.getKey() + "')");
            }
        }
        rows.endRow();
    }

    private static Object reduce(Arguments call) {
        FunctionValue fn = call.function("fn");
        RecordValue identity = call.record("identity");
        TableStream input = call.stream("tables");
        return TableStream.derived(call, input, sink -> {
            Groups groups = new Groups(call.query());
            input.run(table -> {
                Object accumulator = identity;
                for (int row = 0; row < table.rows(); row++) {
                    call.query().check();
                    accumulator = fn.call(Map.of("r", new RowRecord(table, row), "accumulator", accumulator));
                }
                if (!(accumulator instanceof RecordValue result)) {
                    throw call.wrongType("fn", "a function that returns a record", accumulator);
                }
                Map<String, Object> values = new LinkedHashMap<>();
                for (int i = 0; i < table.key().size(); i++) {
                    ColumnMeta meta = table.key().columns().get(i);
                    values.put(meta.label(), Values.fromColumn(table.key().value(i), meta.type()));
                }
                values.putAll(result.copy());
                addRow(groups, table, values);
            });
            groups.emit(sink);
        });
    }
}
