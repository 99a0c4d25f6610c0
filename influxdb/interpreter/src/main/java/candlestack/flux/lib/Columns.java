package candlestack.flux.lib;

import candlestack.flux.FluxException;
import candlestack.flux.eval.Arguments;
import candlestack.flux.stream.Groups;
import candlestack.flux.stream.TableStream;
import candlestack.flux.table.Column;
import candlestack.flux.table.ColumnMeta;
import candlestack.flux.table.DataType;
import candlestack.flux.table.GroupKey;
import candlestack.flux.table.Table;
import candlestack.flux.value.FunctionValue;
import candlestack.flux.value.RecordValue;
import candlestack.flux.value.Span;
import candlestack.flux.value.Time;
import candlestack.flux.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Columns kept, dropped, named, copied, set. */
final class Columns {
    private Columns() {}

    static void register(PackageDefinition universe) {
        universe.function("keep", "<-tables, ?columns, ?fn", call -> project(call, true))
                .function("drop", "<-tables, ?columns, ?fn", call -> project(call, false))
                .function("rename", "<-tables, ?columns, ?fn", Columns::rename)
                .function("duplicate", "<-tables, column, as", Columns::duplicate)
                .function(
                        "set",
                        "<-tables, key, value",
                        call -> setAll(
                                call, RecordValue.of(java.util.Map.of(call.string("key"), call.string("value")))))
                .function("timeShift", "<-tables, duration, ?columns", Columns::timeShift);
    }

    /** A column with one value; a key that has the column gets the value too, or else the column joins the key. */
    static Table constant(Table table, String label, Object value) {
        DataType type = Values.columnType(value).orElseThrow();
        Object stored = Values.toColumn(value);
        return table.with(label, Column.constant(type, stored, table.rows()))
                .withKey(table.key().with(label, type, stored));
    }

    private static Object project(Arguments call, boolean keep) {
        if (call.has("columns") == call.has("fn")) {
            throw FluxException.invalid(call.function() + ": must be given either columns or fn");
        }
        Predicate<String> named = call.has("columns") ? Set.copyOf(call.strings("columns"))::contains : test(call);
        Predicate<String> kept = keep ? named : named.negate();
        TableStream input = call.stream("tables");
        return TableStream.derived(call, input, sink -> {
            Groups merged = new Groups(call.query());
            List<Table> single = new ArrayList<>();
            input.run(table -> Calls.project(table, kept).ifPresent(projected -> {
                if (projected.key().size() == table.key().size()) {
                    sink.accept(projected);
                } else {
                    merged.table(projected.key()).addAll(projected);
                }
            }));
            single.forEach(sink);
            merged.emit(sink);
        });
    }

    private static Predicate<String> test(Arguments call) {
        FunctionValue fn = call.function("fn");
        return label -> fn.call("column", label).equals(true);
    }

    private static Object rename(Arguments call) {
        if (call.has("columns") == call.has("fn")) {
            throw FluxException.invalid("rename: must be given either columns or fn");
        }
        UnaryOperator<String> names;
        if (call.has("fn")) {
            FunctionValue fn = call.function("fn");
            names = label -> (String) fn.call("column", label);
        } else {
            RecordValue columns = call.record("columns");
            names = label -> columns.has(label) ? (String) columns.get(label) : label;
        }
        return TableStream.mapped(call, call.stream("tables"), table -> {
            if (call.has("columns")) {
                call.record("columns").names().forEach(label -> Calls.column(call, table, label));
            }
            return renamed(table, names);
        });
    }

    static Table renamed(Table table, UnaryOperator<String> names) {
        List<ColumnMeta> metas = table.metas().stream()
                .map(meta -> new ColumnMeta(names.apply(meta.label()), meta.type()))
                .toList();
        if (metas.stream().map(ColumnMeta::label).distinct().count() < metas.size()) {
            throw FluxException.invalid("rename: two columns would have the same name");
        }
        GroupKey key = table.key();
        List<ColumnMeta> keyMetas = key.columns().stream()
                .map(meta -> new ColumnMeta(names.apply(meta.label()), meta.type()))
                .toList();
        Object[] values = new Object[key.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = key.value(i);
        }
        return new Table(new GroupKey(keyMetas, values), metas, table.columns(), table.rows());
    }

    private static Object duplicate(Arguments call) {
        String from = call.string("column");
        String as = call.string("as");
        TableStream input = call.stream("tables");
        return TableStream.derived(
                call,
                input,
                sink -> input.run(table -> {
                    Column column = Calls.column(call, table, from);
                    Table result = table.with(as, column);
                    if (!table.key().has(as)) {
                        sink.accept(result);
                    } else if (table.key().has(from)) {
                        sink.accept(result.withKey(
                                table.key().with(as, column.type(), table.key().value(from))));
                    } else {
                        Groups groups = new Groups(call.query());
                        groups.add(result, table.key()::has);
                        groups.emit(sink);
                    }
                }));
    }

    /** Columns set to the properties of a record; the key keeps its columns. */
    static TableStream setAll(Arguments call, RecordValue values) {
        TableStream input = call.stream("tables");
        return TableStream.derived(call, input, sink -> {
            Groups merged = new Groups(call.query());
            input.run(table -> {
                Table result = table;
                GroupKey key = table.key();
                for (String name : values.names()) {
                    Object value = values.get(name);
                    DataType type = Values.columnType(value)
                            .orElseThrow(() -> FluxException.invalid(
                                    call.function() + ": a column cannot hold " + Values.typeName(value)));
                    result = result.with(name, Column.constant(type, value, table.rows()));
                    key = key.has(name) ? key.with(name, type, value) : key;
                }
                if (key.equals(table.key())) {
                    sink.accept(result);
                } else {
                    merged.table(key).addAll(result.withKey(key));
                }
            });
            merged.emit(sink);
        });
    }

    private static Object timeShift(Arguments call) {
        Span by = call.span("duration");
        List<String> labels = call.strings("columns", List.of("_start", "_stop", "_time"));
        return TableStream.mapped(call, call.stream("tables"), table -> {
            Table result = table;
            GroupKey key = table.key();
            for (String label : labels) {
                int index = table.indexOf(label);
                if (index >= 0 && table.column(index).type() == DataType.TIME) {
                    result = result.with(label, shifted(table.column(index), by));
                    if (key.value(label) instanceof Time time) {
                        key = key.with(label, DataType.TIME, by.addTo(time, java.time.ZoneOffset.UTC));
                    }
                }
            }
            return result.withKey(key);
        });
    }

    private static Column shifted(Column column, Span by) {
        long[] times = new long[column.length()];
        java.util.BitSet nulls = new java.util.BitSet();
        for (int row = 0; row < times.length; row++) {
            if (column.isNull(row)) {
                nulls.set(row);
            } else {
                times[row] = by.addTo(new Time(column.longAt(row)), java.time.ZoneOffset.UTC)
                        .nanos();
            }
        }
        return column.isConstant() && times.length > 0
                ? Column.constant(DataType.TIME, column.isNull(0) ? null : new Time(times[0]), times.length)
                : Column.of(DataType.TIME, times, times.length, nulls);
    }
}
