package candlestack.flux.value;

import candlestack.flux.FluxException;
import candlestack.flux.table.DataType;
import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/** What all values have in common: a type, an order, a text. */
public final class Values {
    private Values() {}

    /** The column type of a value; empty where a column cannot hold it. */
    public static Optional<DataType> columnType(Object value) {
        if (value instanceof Null missing) {
            return missing.type();
        }
        if (value instanceof Double) {
            return Optional.of(DataType.FLOAT);
        }
        if (value instanceof Long) {
            return Optional.of(DataType.INTEGER);
        }
        if (value instanceof String) {
            return Optional.of(DataType.STRING);
        }
        if (value instanceof Boolean) {
            return Optional.of(DataType.BOOLEAN);
        }
        if (value instanceof Time) {
            return Optional.of(DataType.TIME);
        }
        if (value instanceof Unsigned) {
            return Optional.of(DataType.UNSIGNED);
        }
        return value instanceof Span ? Optional.of(DataType.DURATION) : Optional.empty();
    }

    /** The type's name in Flux. */
    public static String typeName(Object value) {
        Optional<DataType> type = columnType(value);
        if (type.isPresent()) {
            return type.get().fluxName();
        }
        if (value instanceof Null) {
            return "null";
        }
        if (value instanceof List) {
            return "array";
        }
        if (value instanceof RecordValue) {
            return "record";
        }
        if (value instanceof FunctionValue) {
            return "function";
        }
        if (value instanceof Pattern) {
            return "regexp";
        }
        if (value instanceof DictValue) {
            return "dictionary";
        }
        return value instanceof Bytes ? "bytes" : "stream";
    }

    /** A value of a column, in which null is missing. */
    public static Object fromColumn(Object value, DataType type) {
        return value == null ? Null.of(type) : value;
    }

    /** For a column, in which null is missing. */
    public static Object toColumn(Object value) {
        return value instanceof Null ? null : value;
    }

    /** Equal in type and value; NaN equals nothing. */
    public static boolean same(Object left, Object right) {
        if (left instanceof Double a && right instanceof Double b) {
            return a.doubleValue() == b.doubleValue();
        }
        if (left instanceof RecordValue a && right instanceof RecordValue b) {
            return new TreeSet<>(a.names()).equals(new TreeSet<>(b.names()))
                    && a.names().stream().allMatch(name -> same(a.get(name), b.get(name)));
        }
        if (left instanceof Pattern a && right instanceof Pattern b) {
            return a.pattern().equals(b.pattern());
        }
        return Objects.equals(left, right);
    }

    /** The order of two values; numbers of different types are compared by value. */
    public static int compare(Object left, Object right) {
        if (left instanceof Double a && right instanceof Double b) {
            return Double.compare(a == 0 ? 0.0 : a, b == 0 ? 0.0 : b);
        }
        if (left instanceof Long a && right instanceof Long b) {
            return a.compareTo(b);
        }
        if (left instanceof String a && right instanceof String b) {
            return a.compareTo(b);
        }
        if (left instanceof Time a && right instanceof Time b) {
            return a.compareTo(b);
        }
        if (left instanceof Unsigned a && right instanceof Unsigned b) {
            return a.compareTo(b);
        }
        if (left instanceof Span a && right instanceof Span b) {
            return a.compareTo(b);
        }
        if (left instanceof Boolean a && right instanceof Boolean b) {
            return a.compareTo(b);
        }
        if (isNumber(left) && isNumber(right)) {
            if (left instanceof Long a && right instanceof Unsigned b) {
                return a < 0 ? -1 : Long.compareUnsigned(a, b.bits());
            }
            if (left instanceof Unsigned a && right instanceof Long b) {
                return b < 0 ? 1 : Long.compareUnsigned(a.bits(), b);
            }
            return Double.compare(number(left), number(right));
        }
        throw FluxException.invalid("cannot compare " + typeName(left) + " with " + typeName(right));
    }

    public static boolean isNumber(Object value) {
        return value instanceof Double || value instanceof Long || value instanceof Unsigned;
    }

    /** A number as a float. */
    public static double number(Object value) {
        if (value instanceof Unsigned unsigned) {
            return unsigned.toDouble();
        }
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw FluxException.invalid("expected a number, got " + typeName(value));
    }

    /** A float as it is written: never with an exponent, no digits that are not needed. */
    public static String format(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return value == 0 && 1 / value < 0 ? "-0" : Long.toString((long) value);
        }
        BigDecimal decimal = new BigDecimal(Double.toString(value));
        return (decimal.scale() > 0 ? decimal.stripTrailingZeros() : decimal).toPlainString();
    }

    /** The text of any value: what {@code display} gives. */
    public static String display(Object value) {
        if (value instanceof Double number) {
            return format(number);
        }
        if (value instanceof Time time) {
            return time.precise();
        }
        if (value instanceof List<?> list) {
            StringBuilder text = new StringBuilder("[");
            for (Object element : list) {
                text.append(text.length() == 1 ? "" : ", ").append(display(element));
            }
            return text.append(']').toString();
        }
        if (value instanceof RecordValue record) {
            StringBuilder text = new StringBuilder("{");
            for (String name : new TreeSet<>(record.names())) {
                text.append(text.length() == 1 ? "" : ", ")
                        .append(name)
                        .append(": ")
                        .append(display(record.get(name)));
            }
            return text.append('}').toString();
        }
        if (value instanceof DictValue dict) {
            StringBuilder text = new StringBuilder("[");
            for (Map.Entry<Object, Object> entry : dict.entries().entrySet()) {
                text.append(text.length() == 1 ? "" : ", ").append(display(entry.getKey()));
                text.append(": ").append(display(entry.getValue()));
            }
            return text.append(dict.entries().isEmpty() ? ":]" : "]").toString();
        }
        return value instanceof FunctionValue ? "<function>" : String.valueOf(value);
    }
}
