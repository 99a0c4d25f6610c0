package candlestack.influxdb.store;

import candlestack.flux.storage.ColumnType;
import java.util.Arrays;

/**
 * The newest points of a chunk, as they came. One writer (under the store's lock), any number of readers: what lies
 * below {@link #size} is never moved, at most a value is replaced by a newer one for the same time.
 */
final class Head {
    private static final int SMALLEST = 8;

    private final ColumnType type;
    private long[] times = {};
    private long[] bits = {};
    private String[] texts = {};
    /** Written last on every change, read first: it publishes the arrays. */
    private volatile int size;

    private boolean ascending = true;

    Head(ColumnType type) {
        this.type = type;
    }

    /** Adds a point or, where the time is there already and cheap to find, replaces its value. */
    void put(long time, long valueBits, String text) {
        int count = size;
        if (count > 0 && time <= times[count - 1] && ascending) {
            int found = Arrays.binarySearch(times, 0, count, time);
            if (found >= 0) {
                set(found, valueBits, text);
                size = count;
                return;
            }
            ascending = false;
        }
        grow(count);
        times[count] = time;
        set(count, valueBits, text);
        size = count + 1;
    }

    int size() {
        return size;
    }

    /** The points as they are now, sorted, the last of equal times. */
    Run toRun() {
        int count = size;
        if (count == 0) {
            return Run.empty(type);
        }
        boolean sorted = ascending;
        long[] seenTimes = times;
        int[] order = sorted ? identity(count) : lastOfEach(seenTimes, StableOrder.of(seenTimes, count));
        long[] runTimes = new long[order.length];
        for (int i = 0; i < order.length; i++) {
            runTimes[i] = seenTimes[order[i]];
        }
        return new Run(type, order.length, runTimes, values(order));
    }

    /** The last point in [start, stop), or an empty run. */
    Run last(long start, long stop) {
        int count = size;
        if (!ascending) {
            Run run = toRun().between(start, stop);
            return run.length() == 0 ? run : run.slice(run.length() - 1, run.length());
        }
        int found = Arrays.binarySearch(times, 0, count, stop);
        int index = (found >= 0 ? found : -found - 1) - 1;
        if (index < 0 || times[index] < start) {
            return Run.empty(type);
        }
        return new Run(type, 1, new long[] {times[index]}, values(new int[] {index}));
    }

    private Object values(int[] order) {
        Object values = Values.newArray(type, order.length);
        if (type == ColumnType.STRING) {
            String[] seen = texts;
            for (int i = 0; i < order.length; i++) {
                ((String[]) values)[i] = seen[order[i]];
            }
        } else {
            Values.fromBits(type, bits, order, order.length, values);
        }
        return values;
    }

    private void set(int index, long valueBits, String text) {
        if (type == ColumnType.STRING) {
            texts[index] = text;
        } else {
            bits[index] = valueBits;
        }
    }

    private void grow(int count) {
        if (count < times.length) {
            return;
        }
        int capacity = Math.max(SMALLEST, count * 2);
        if (type == ColumnType.STRING) {
            texts = Arrays.copyOf(texts, capacity);
        } else {
            bits = Arrays.copyOf(bits, capacity);
        }
        times = Arrays.copyOf(times, capacity);
    }

    private static int[] identity(int count) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        return order;
    }

    private static int[] lastOfEach(long[] times, int[] order) {
        int kept = 0;
        for (int i = 0; i < order.length; i++) {
            if (i + 1 == order.length || times[order[i]] != times[order[i + 1]]) {
                order[kept++] = order[i];
            }
        }
        return Arrays.copyOf(order, kept);
    }
}
