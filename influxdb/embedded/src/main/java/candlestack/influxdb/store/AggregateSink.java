package candlestack.influxdb.store;

import candlestack.flux.storage.Block;
import candlestack.flux.storage.ColumnType;
import java.util.Arrays;
import java.util.BitSet;

/** Collects the points of an aggregate. */
final class AggregateSink {
    private final ColumnType type;
    private final BitSet nulls = new BitSet();
    private long[] times = new long[16];
    private Object values;
    private int size;

    AggregateSink(ColumnType type) {
        this.type = type;
        this.values = Values.newArray(type, times.length);
    }

    void addDouble(long time, double value) {
        grow(time);
        ((double[]) values)[size++] = value;
    }

    void addLong(long time, long value) {
        grow(time);
        ((long[]) values)[size++] = value;
    }

    void addNull(long time) {
        grow(time);
        nulls.set(size++);
    }

    void addCopy(long time, Object source, int index) {
        grow(time);
        Values.copy(source, index, values, size++, 1);
    }

    int size() {
        return size;
    }

    Run toRun() {
        return new Run(type, size, times, values);
    }

    Block toBlock() {
        if (type == ColumnType.STRING) {
            nulls.stream().forEach(index -> ((String[]) values)[index] = "");
        }
        return new Block(size, times, values, nulls);
    }

    private void grow(long time) {
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
            Object more = Values.newArray(type, size * 2);
            Values.copy(values, 0, more, 0, size);
            values = more;
        }
        times[size] = time;
    }
}
