package candlestack.influxdb.store;

import candlestack.flux.storage.ColumnType;
import java.util.Arrays;

/** Arrays of values of a column's type. */
final class Values {
    private Values() {}

    static Object newArray(ColumnType type, int length) {
        return switch (type) {
            case FLOAT -> new double[length];
            case INTEGER, UNSIGNED -> new long[length];
            case STRING -> new String[length];
            case BOOLEAN -> new boolean[length];
        };
    }

    static Object copyOfRange(ColumnType type, Object values, int from, int to) {
        return switch (type) {
            case FLOAT -> Arrays.copyOfRange((double[]) values, from, to);
            case INTEGER, UNSIGNED -> Arrays.copyOfRange((long[]) values, from, to);
            case STRING -> Arrays.copyOfRange((String[]) values, from, to);
            case BOOLEAN -> Arrays.copyOfRange((boolean[]) values, from, to);
        };
    }

    /** Copies {@code source[from]} to {@code target[to]}. */
    @SuppressWarnings("SuspiciousSystemArraycopy") // both are arrays of the same column type
    static void copy(Object source, int from, Object target, int to, int length) {
        System.arraycopy(source, from, target, to, length);
    }

    /** The values as they are kept in a head, where all but strings are 64 bits. */
    static void fromBits(ColumnType type, long[] bits, int[] order, int count, Object target) {
        switch (type) {
            case FLOAT -> {
                double[] doubles = (double[]) target;
                for (int i = 0; i < count; i++) {
                    doubles[i] = Double.longBitsToDouble(bits[order[i]]);
                }
            }
            case INTEGER, UNSIGNED -> {
                long[] longs = (long[]) target;
                for (int i = 0; i < count; i++) {
                    longs[i] = bits[order[i]];
                }
            }
            case BOOLEAN -> {
                boolean[] booleans = (boolean[]) target;
                for (int i = 0; i < count; i++) {
                    booleans[i] = bits[order[i]] != 0;
                }
            }
            case STRING -> throw new IllegalArgumentException("strings are not kept as bits");
        }
    }

    /** A value as the 64 bits that a head and the log keep; not for strings. */
    static long toBits(ColumnType type, Object values, int index) {
        return switch (type) {
            case FLOAT -> Double.doubleToRawLongBits(((double[]) values)[index]);
            case INTEGER, UNSIGNED -> ((long[]) values)[index];
            case BOOLEAN -> ((boolean[]) values)[index] ? 1 : 0;
            case STRING -> throw new IllegalArgumentException("strings are not kept as bits");
        };
    }
}
