package candlestack.flux.lib;

import candlestack.flux.table.Column;
import candlestack.flux.table.DataType;
import candlestack.flux.value.Values;
import java.util.Comparator;

/** The order of rows by a column: null comes first. */
final class RowOrder {
    private RowOrder() {}

    static Comparator<Integer> of(Column column, boolean descending) {
        Comparator<Integer> order =
                switch (column.type()) {
                    case FLOAT -> (a, b) -> Double.compare(column.doubleAt(a), column.doubleAt(b));
                    case INTEGER, TIME -> (a, b) -> Long.compare(column.longAt(a), column.longAt(b));
                    default -> (a, b) -> Values.compare(column.get(a), column.get(b));
                };
        Comparator<Integer> withNulls = nullsFirst(column, order);
        return descending ? withNulls.reversed() : withNulls;
    }

    private static Comparator<Integer> nullsFirst(Column column, Comparator<Integer> order) {
        if (column.hasNoNulls()) {
            return order;
        }
        return (a, b) -> {
            boolean left = column.isNull(a);
            boolean right = column.isNull(b);
            return left || right ? Boolean.compare(right, left) : order.compare(a, b);
        };
    }

    /** Whether a column's values have an order that functions such as min can use. */
    static boolean isOrdered(Column column) {
        return column.type().isNumeric() || column.type() == DataType.TIME;
    }
}
