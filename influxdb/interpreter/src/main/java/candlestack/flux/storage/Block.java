package candlestack.flux.storage;

import static java.util.Objects.requireNonNull;

import java.util.BitSet;

/**
 * A run of a series' points. The arrays may be longer than {@code length}; neither the store nor the reader changes
 * them afterwards.
 *
 * @param length how many points there are
 * @param times their times in nanoseconds, ascending within a block and from block to block
 * @param values {@code double[]}, {@code long[]}, {@code boolean[]} or {@code String[]}, as the series' type says
 * @param nulls the positions without a value; only an aggregate over an empty window has any
 */
@SuppressWarnings("ArrayRecordComponent") // a window onto columns: never compared, and copying is what it avoids
public record Block(int length, long[] times, Object values, BitSet nulls) {
    private static final BitSet NONE = new BitSet(0);

    public Block {
        requireNonNull(times, "times is null");
        requireNonNull(values, "values is null");
        requireNonNull(nulls, "nulls is null");
    }

    /** A block in which every point has a value. */
    public Block(int length, long[] times, Object values) {
        this(length, times, values, NONE);
    }

    public double[] doubles() {
        return (double[]) values;
    }

    public long[] longs() {
        return (long[]) values;
    }

    public boolean[] booleans() {
        return (boolean[]) values;
    }

    public String[] strings() {
        return (String[]) values;
    }
}
