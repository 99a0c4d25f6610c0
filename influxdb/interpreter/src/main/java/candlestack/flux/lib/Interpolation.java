package candlestack.flux.lib;

import candlestack.flux.FluxException;
import candlestack.flux.eval.Arguments;
import candlestack.flux.eval.Location;
import candlestack.flux.stream.TableBuilder;
import candlestack.flux.stream.TableStream;
import candlestack.flux.stream.Windows;
import candlestack.flux.table.Column;
import candlestack.flux.table.ColumnMeta;
import candlestack.flux.table.DataType;
import candlestack.flux.table.Table;
import candlestack.flux.value.Span;

/** The package interpolate: rows put in where a regular series has none. */
final class Interpolation {
    private Interpolation() {}

    static void register(PackageDefinition interpolate) {
        interpolate.function(
                "linear",
                "<-tables, every",
                call -> TableStream.mapped(call, call.stream("tables"), table -> linear(call, table)));
    }

    private static Table linear(Arguments call, Table table) {
        Column times = Calls.column(call, table, "_time");
        Column values = Calls.column(call, table, "_value");
        if (values.type() != DataType.FLOAT || !values.hasNoNulls() || !times.hasNoNulls()) {
            throw FluxException.invalid("interpolate.linear: _value must be of type float, without null values");
        }
        Span every = call.span("every");
        Windows steps = new Windows(every, every, Span.ZERO, Location.UTC);
        TableBuilder rows = new TableBuilder(table.key(), call.query());
        for (int row = 0; row < table.rows(); row++) {
            add(table, rows, times.longAt(row), values.doubleAt(row));
            if (row + 1 == table.rows()) {
                break;
            }
            long until = times.longAt(row + 1);
            for (long time = steps.after(times.longAt(row)); time < until; time = steps.after(time)) {
                call.query().check();
                double share = (double) (time - times.longAt(row)) / (until - times.longAt(row));
                add(
                        table,
                        rows,
                        time,
                        values.doubleAt(row) + share * (values.doubleAt(row + 1) - values.doubleAt(row)));
            }
        }
        return rows.build();
    }

    private static void add(Table table, TableBuilder rows, long time, double value) {
        for (ColumnMeta meta : table.metas()) {
            switch (meta.label()) {
                case "_time" -> rows.column("_time", DataType.TIME).add(time);
                case "_value" -> rows.column("_value", DataType.FLOAT).add(value);
                default ->
                    rows.column(meta.label(), meta.type()).add(table.key().value(meta.label()));
            }
        }
        rows.endRow();
    }
}
