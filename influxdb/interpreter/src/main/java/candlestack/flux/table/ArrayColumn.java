package candlestack.flux.table;

import candlestack.flux.value.Time;
import candlestack.flux.value.Unsigned;
import java.util.Arrays;
import java.util.BitSet;

/** A value a row, in a primitive array where there is one. */
abstract sealed class ArrayColumn extends Column {
    private final int length;
    private final BitSet nulls;

    ArrayColumn(DataType type, int length, BitSet nulls) {
        super(type);
        this.length = length;
        this.nulls = nulls;
    }

    @Override
    public final int length() {
        return length;
    }

    @Override
    public boolean isNull(int row) {
        return nulls.get(row);
    }

    @Override
    public boolean hasNoNulls() {
        return nulls.isEmpty();
    }

    @Override
    public long longAt(int row) {
        throw new ClassCastException("Cannot read " + type() + " as a whole number");
    }

    @Override
    public double doubleAt(int row) {
        throw new ClassCastException("Cannot read " + type() + " as a float");
    }

    @Override
    public boolean booleanAt(int row) {
        throw new ClassCastException("Cannot read " + type() + " as a boolean");
    }

    @Override
    public long bytes() {
        return 48L + (long) length * type().bytes();
    }

    final BitSet nullsOf(int[] rows, int count) {
        BitSet taken = new BitSet();
        if (!nulls.isEmpty()) {
            for (int i = 0; i < count; i++) {
                if (nulls.get(rows[i])) {
                    taken.set(i);
                }
            }
        }
        return taken;
    }

    final BitSet nullsBetween(int from, int to) {
        return nulls.isEmpty() ? nulls : nulls.get(from, to);
    }

    /** Integers, unsigned integers, times. */
    static final class Longs extends ArrayColumn {
        private final long[] values;

        Longs(DataType type, long[] values, int length, BitSet nulls) {
            super(type, length, nulls);
            this.values = values;
        }

        @Override
        public long longAt(int row) {
            return values[row];
        }

        @Override
        public Object get(int row) {
            if (isNull(row)) {
                return null;
            }
            return switch (type()) {
                case TIME -> new Time(values[row]);
                case UNSIGNED -> new Unsigned(values[row]);
                default -> values[row];
            };
        }

        @Override
        public Column take(int[] rows, int count) {
            long[] taken = new long[count];
            for (int i = 0; i < count; i++) {
                taken[i] = values[rows[i]];
            }
            return new Longs(type(), taken, count, nullsOf(rows, count));
        }

        @Override
        public Column slice(int from, int to) {
            return new Longs(type(), Arrays.copyOfRange(values, from, to), to - from, nullsBetween(from, to));
        }
    }

    /** Floats. */
    static final class Doubles extends ArrayColumn {
        private final double[] values;

        Doubles(double[] values, int length, BitSet nulls) {
            super(DataType.FLOAT, length, nulls);
            this.values = values;
        }

        @Override
        public double doubleAt(int row) {
            return values[row];
        }

        @Override
        public Object get(int row) {
            return isNull(row) ? null : (Object) values[row];
        }

        @Override
        public Column take(int[] rows, int count) {
            double[] taken = new double[count];
            for (int i = 0; i < count; i++) {
                taken[i] = values[rows[i]];
            }
            return new Doubles(taken, count, nullsOf(rows, count));
        }

        @Override
        public Column slice(int from, int to) {
            return new Doubles(Arrays.copyOfRange(values, from, to), to - from, nullsBetween(from, to));
        }
    }

    /** Booleans. */
    static final class Booleans extends ArrayColumn {
        private final boolean[] values;

        Booleans(boolean[] values, int length, BitSet nulls) {
            super(DataType.BOOLEAN, length, nulls);
            this.values = values;
        }

        @Override
        public boolean booleanAt(int row) {
            return values[row];
        }

        @Override
        public Object get(int row) {
            return isNull(row) ? null : (Object) values[row];
        }

        @Override
        public Column take(int[] rows, int count) {
            boolean[] taken = new boolean[count];
            for (int i = 0; i < count; i++) {
                taken[i] = values[rows[i]];
            }
            return new Booleans(taken, count, nullsOf(rows, count));
        }

        @Override
        public Column slice(int from, int to) {
            return new Booleans(Arrays.copyOfRange(values, from, to), to - from, nullsBetween(from, to));
        }
    }

    /** Strings and durations. */
    static final class Objects extends ArrayColumn {
        private final Object[] values;
        /** What the strings take, one that is in rows next to each other once; negative until it is asked for. */
        private long textBytes = -1;

        Objects(DataType type, Object[] values, int length) {
            super(type, length, new BitSet(0));
            this.values = values;
        }

        @Override
        public long bytes() {
            if (textBytes < 0) {
                long sum = 0;
                for (int i = 0; i < length(); i++) {
                    sum += i > 0 && values[i] == values[i - 1] ? 0 : textBytes(values[i]);
                }
                textBytes = sum;
            }
            return super.bytes() + textBytes;
        }

        @Override
        public boolean isNull(int row) {
            return values[row] == null;
        }

        @Override
        public boolean hasNoNulls() {
            for (int i = 0; i < length(); i++) {
                if (values[i] == null) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Object get(int row) {
            return values[row];
        }

        @Override
        public Column take(int[] rows, int count) {
            Object[] taken = new Object[count];
            for (int i = 0; i < count; i++) {
                taken[i] = values[rows[i]];
            }
            return new Objects(type(), taken, count);
        }

        @Override
        public Column slice(int from, int to) {
            return new Objects(type(), Arrays.copyOfRange(values, from, to), to - from);
        }
    }
}
