package candlestack.flux.table;

import java.util.BitSet;

/**
 * The values of one column, each possibly null. Immutable once in a {@link Table}.
 *
 * <p>Longs, doubles and booleans are read without boxing; times are longs, in nanoseconds since the epoch.
 */
public abstract sealed class Column permits ConstantColumn, ArrayColumn {
    private static final int TEXT_HEADERS = 40;

    private final DataType type;

    Column(DataType type) {
        this.type = type;
    }

    /** A column of integers, unsigned integers or times. */
    public static Column of(DataType type, long[] values, int length, BitSet nulls) {
        return new ArrayColumn.Longs(type, values, length, nulls);
    }

    public static Column of(double[] values, int length, BitSet nulls) {
        return new ArrayColumn.Doubles(values, length, nulls);
    }

    public static Column of(boolean[] values, int length, BitSet nulls) {
        return new ArrayColumn.Booleans(values, length, nulls);
    }

    /** A column of strings or durations; null elements are null values. */
    public static Column of(DataType type, Object[] values, int length) {
        return new ArrayColumn.Objects(type, values, length);
    }

    /** {@code length} times one value, which may be null; takes no memory. */
    public static Column constant(DataType type, Object value, int length) {
        return new ConstantColumn(type, value, length);
    }

    public final DataType type() {
        return type;
    }

    public abstract int length();

    public abstract boolean isNull(int row);

    /** The value of an integer, unsigned or time column; undefined where it is null. */
    public abstract long longAt(int row);

    /** The value of a float column; undefined where it is null. */
    public abstract double doubleAt(int row);

    /** The value of a boolean column; undefined where it is null. */
    public abstract boolean booleanAt(int row);

    /**
     * The value as Boolean, Long (integers), {@link candlestack.flux.value.Unsigned}, Double, String, {@link
     * candlestack.flux.value.Time} or {@link candlestack.flux.value.Span}; null where it is null.
     */
    public abstract Object get(int row);

    /** The rows {@code rows[0..count)}, in that order. */
    public abstract Column take(int[] rows, int count);

    /** The rows from {@code from} (inclusive) to {@code to} (exclusive). */
    public abstract Column slice(int from, int to);

    /** The bytes that a string takes, about, beside the reference to it; 0 for anything else. */
    public static long textBytes(Object value) {
        return value instanceof String text ? TEXT_HEADERS + text.length() : 0;
    }

    /** The bytes it holds, about. */
    public abstract long bytes();

    /** Whether there is one value for all rows. */
    public boolean isConstant() {
        return false;
    }

    /** Whether no value is null. */
    public abstract boolean hasNoNulls();
}
