package candlestack.flux.lib;

import candlestack.flux.FluxException;
import candlestack.flux.eval.Arguments;
import candlestack.flux.stream.ColumnBuilder;
import candlestack.flux.stream.TableStream;
import candlestack.flux.table.Column;
import candlestack.flux.table.DataType;
import candlestack.flux.table.Table;
import candlestack.flux.value.Values;

/** Null values replaced. */
final class Fill {
    private Fill() {}

    static Object fill(Arguments call) {
        if (call.has("value") == call.has("usePrevious")) {
            throw FluxException.invalid("fill: must be given either value or usePrevious");
        }
        String label = call.string("column", "_value");
        boolean previous = call.truth("usePrevious", false);
        Object value = previous ? null : call.value("value");
        return TableStream.mapped(call, call.stream("tables"), table -> filled(call, table, label, previous, value));
    }

    private static Table filled(Arguments call, Table table, String label, boolean previous, Object value) {
        int index = table.indexOf(label);
        if (index < 0) {
            if (previous) {
                return table;
            }
            DataType type = Values.columnType(value).orElseThrow(() -> call.wrongType("value", "a column's", value));
            return table.with(label, Column.constant(type, Values.toColumn(value), table.rows()));
        }
        Column column = table.column(index);
        if (!previous && Values.columnType(value).orElse(null) != column.type()) {
            throw call.invalid(
                    "value",
                    "must be " + column.type().fluxName() + " like column '" + label + "', is "
                            + Values.typeName(value));
        }
        if (table.key().has(label)) {
            return table.key().value(label) != null || previous
                    ? table
                    : table.with(label, Column.constant(column.type(), value, table.rows()))
                            .withKey(table.key().with(label, column.type(), value));
        }
        ColumnBuilder result = new ColumnBuilder(column.type(), call.query());
        Object filling = value;
        for (int row = 0; row < column.length(); row++) {
            if (column.isNull(row)) {
                result.add(filling);
            } else {
                result.add(column, row);
                filling = previous ? column.get(row) : filling;
            }
        }
        return table.with(label, result.build());
    }
}
