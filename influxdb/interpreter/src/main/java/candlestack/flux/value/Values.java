package candlestack.flux.value;

import candlestack.flux.FluxException;
import candlestack.flux.table.DataType;
import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/** What all values have in common: a type, an order, a text. */
public final class Values {
    /** More than this is no text that anyone reads, but one that was doubled again and again. */
    private static final long MOST_CHARACTERS = 1 << 24;

    /** So many digits are exact in a double, whatever they are. */
    private static final double MOST_DIGITS = 1e15;
    /** Powers of ten, exact. */
    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8};

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
        int scale = decimalScale(value);
        if (scale >= 0) {
            return BigDecimal.valueOf(unscaled(value, scale), scale).toPlainString();
        }
        if (value == 0) {
            return "-0";
        }
        BigDecimal decimal = shortest(value);
        return (decimal.scale() > 0 ? decimal.stripTrailingZeros() : decimal).toPlainString();
    }

    /** Before version 19 the JDK gives some numbers a digit too many. */
    private static BigDecimal shortest(double value) {
        BigDecimal decimal = new BigDecimal(Double.toString(value));
        BigDecimal shorter = decimal;
        while (shorter.doubleValue() == value && decimal.precision() > 1) {
            decimal = shorter;
            shorter = decimal.round(new MathContext(Math.max(1, decimal.precision() - 1)));
        }
        return decimal;
    }

    /**
     * How many digits a number has after its point, if there are few; -1 where it takes another way to find its text.
     * A decimal of up to 15 digits that is the number once it is read back is its shortest text.
     */
    public static int decimalScale(double value) {
        if (value == 0) {
            return 1 / value < 0 ? -1 : 0;
        }
        for (int scale = 0; scale < POWERS.length && Math.abs(value) * POWERS[scale] < MOST_DIGITS; scale++) {
            if (unscaled(value, scale) / POWERS[scale] == value) {
                return scale;
            }
        }
        return -1;
    }

    /** A number times ten to the power of a scale that {@link #decimalScale} gave, rounded. */
    public static long unscaled(double value, int scale) {
        return Math.round(value * POWERS[scale]);
    }

    /**
     * Makes sure that a string may become that long.
     *
     * @throws FluxException of kind MEMORY if not
     */
    public static void checkLength(long characters) {
        if (characters > MOST_CHARACTERS) {
            throw new FluxException(
                    FluxException.Kind.MEMORY,
                    "a string of more than " + MOST_CHARACTERS + " characters takes too much memory");
        }
    }

    /** The text of any value; {@link Display} gives that for people. */
    public static String display(Object value) {
        if (value instanceof Double number) {
            return format(number);
        }
        if (value instanceof Time time) {
            return time.precise();
        }
        if (value instanceof List<?> || value instanceof RecordValue || value instanceof DictValue) {
            return Display.of(value);
        }
        return value instanceof FunctionValue ? "<function>" : String.valueOf(value);
    }
}
