package candlestack.flux.stream;

import candlestack.flux.FluxException;
import candlestack.flux.table.Column;
import candlestack.flux.table.DataType;
import candlestack.flux.value.Time;
import candlestack.flux.value.Values;
import com.google.re2j.Pattern;
import java.util.function.IntPredicate;

/** Compares a column's rows with a constant, unboxed where the types allow. */
final class ColumnTest {
    private ColumnTest() {}

    static IntPredicate of(Column column, String operator, Object constant) {
        IntPredicate test = notNull(column, raw(column, operator, constant));
        if (column.isConstant()) {
            boolean all = column.length() > 0 && test.test(0);
            return row -> all;
        }
        return test;
    }

    private static IntPredicate notNull(Column column, IntPredicate test) {
        return column.hasNoNulls() ? test : row -> !column.isNull(row) && test.test(row);
    }

    private static IntPredicate raw(Column column, String operator, Object constant) {
        if (constant instanceof Pattern pattern) {
            return matches(column, operator, pattern);
        }
        if (column.type() == DataType.FLOAT && Values.isNumber(constant)) {
            return floats(column, operator, Values.number(constant));
        }
        if (column.type() == DataType.INTEGER && constant instanceof Long number) {
            return longs(column, operator, number);
        }
        if (column.type() == DataType.TIME && constant instanceof Time time) {
            return longs(column, operator, time.nanos());
        }
        if (column.type() == DataType.STRING && constant instanceof String text && operator.equals("==")) {
            return row -> text.equals(column.get(row));
        }
        if (column.type() == DataType.STRING && constant instanceof String text && operator.equals("!=")) {
            return row -> !text.equals(column.get(row));
        }
        return boxed(column, operator, constant);
    }

    private static IntPredicate matches(Column column, String operator, Pattern pattern) {
        if (column.type() != DataType.STRING) {
            throw FluxException.invalid(
                    "cannot apply '" + operator + "' to " + column.type().fluxName() + " and regexp");
        }
        boolean wanted = operator.equals("=~");
        return row -> pattern.matcher((String) column.get(row)).find() == wanted;
    }

    private static IntPredicate floats(Column column, String operator, double constant) {
        return switch (operator) {
            case "==" -> row -> column.doubleAt(row) == constant;
            case "!=" -> row -> column.doubleAt(row) != constant;
            case "<" -> row -> column.doubleAt(row) < constant;
            case "<=" -> row -> column.doubleAt(row) <= constant;
            case ">" -> row -> column.doubleAt(row) > constant;
            case ">=" -> row -> column.doubleAt(row) >= constant;
            default -> throw mismatch(column, operator, constant);
        };
    }

    private static IntPredicate longs(Column column, String operator, long constant) {
        return switch (operator) {
            case "==" -> row -> column.longAt(row) == constant;
            case "!=" -> row -> column.longAt(row) != constant;
            case "<" -> row -> column.longAt(row) < constant;
            case "<=" -> row -> column.longAt(row) <= constant;
            case ">" -> row -> column.longAt(row) > constant;
            case ">=" -> row -> column.longAt(row) >= constant;
            default -> throw mismatch(column, operator, constant);
        };
    }

    private static IntPredicate boxed(Column column, String operator, Object constant) {
        boolean comparable = Values.columnType(constant).orElse(null) == column.type()
                || Values.isNumber(constant) && column.type().isNumeric();
        if (!comparable) {
            throw mismatch(column, operator, constant);
        }
        return switch (operator) {
            case "==" -> row -> Values.compare(column.get(row), constant) == 0;
            case "!=" -> row -> Values.compare(column.get(row), constant) != 0;
            case "<" -> row -> Values.compare(column.get(row), constant) < 0;
            case "<=" -> row -> Values.compare(column.get(row), constant) <= 0;
            case ">" -> row -> Values.compare(column.get(row), constant) > 0;
            case ">=" -> row -> Values.compare(column.get(row), constant) >= 0;
            default -> throw mismatch(column, operator, constant);
        };
    }

    private static FluxException mismatch(Column column, String operator, Object constant) {
        return FluxException.invalid(
                "cannot apply '" + operator + "' to " + column.type().fluxName() + " and " + Values.typeName(constant));
    }
}
