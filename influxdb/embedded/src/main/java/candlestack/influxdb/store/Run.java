package candlestack.influxdb.store;

import candlestack.flux.storage.ColumnType;
import java.util.Arrays;

/**
 * Decoded points: ascending times without duplicates, and their values.
 *
 * @param values the array that {@link ColumnType} names; like {@code times} it may be longer than {@code length}
 */
@SuppressWarnings("ArrayRecordComponent") // shared on purpose and never compared
record Run(ColumnType type, int length, long[] times, Object values) {
    static Run empty(ColumnType type) {
        return new Run(type, 0, new long[0], Values.newArray(type, 0));
    }

    long first() {
        return times[0];
    }

    long last() {
        return times[length - 1];
    }

    /** The points in [start, stop). */
    Run between(long start, long stop) {
        if (length == 0 || (first() >= start && last() < stop)) {
            return this;
        }
        int from = lowerBound(start);
        int to = lowerBound(stop);
        return slice(from, Math.max(from, to));
    }

    Run slice(int from, int to) {
        if (from == 0) {
            return new Run(type, to, times, values);
        }
        return new Run(
                type, to - from, Arrays.copyOfRange(times, from, to), Values.copyOfRange(type, values, from, to));
    }

    /** The points that are not in [start, stop]. */
    Run without(long start, long stop) {
        int from = lowerBound(start);
        int to = stop == Long.MAX_VALUE ? length : lowerBound(stop + 1);
        if (from >= to) {
            return this;
        }
        int left = length - (to - from);
        long[] keptTimes = new long[left];
        Object keptValues = Values.newArray(type, left);
        System.arraycopy(times, 0, keptTimes, 0, from);
        System.arraycopy(times, to, keptTimes, from, length - to);
        Values.copy(values, 0, keptValues, 0, from);
        Values.copy(values, to, keptValues, from, length - to);
        return new Run(type, left, keptTimes, keptValues);
    }

    /** Both runs' points; where both have a time, {@code newer} has the say. */
    Run mergedWith(Run newer) {
        if (newer.length == 0) {
            return this;
        }
        if (length == 0) {
            return newer;
        }
        long[] mergedTimes = new long[length + newer.length];
        Object mergedValues = Values.newArray(type, mergedTimes.length);
        int old = 0;
        int young = 0;
        int size = 0;
        while (old < length && young < newer.length) {
            if (times[old] < newer.times[young]) {
                int end = search(times, old, length, newer.times[young]);
                copy(this, old, end, mergedTimes, mergedValues, size);
                size += end - old;
                old = end;
            } else {
                old += times[old] == newer.times[young] ? 1 : 0;
                int end = old < length ? search(newer.times, young, newer.length, times[old]) : newer.length;
                copy(newer, young, end, mergedTimes, mergedValues, size);
                size += end - young;
                young = end;
            }
        }
        copy(this, old, length, mergedTimes, mergedValues, size);
        size += length - old;
        copy(newer, young, newer.length, mergedTimes, mergedValues, size);
        size += newer.length - young;
        return new Run(type, size, mergedTimes, mergedValues);
    }

    /** The index of the first point at or after {@code time}. */
    int lowerBound(long time) {
        return search(times, 0, length, time);
    }

    private static int search(long[] times, int from, int to, long time) {
        int index = Arrays.binarySearch(times, from, to, time);
        return index >= 0 ? index : -index - 1;
    }

    private static void copy(Run source, int from, int to, long[] times, Object values, int at) {
        System.arraycopy(source.times, from, times, at, to - from);
        Values.copy(source.values, from, values, at, to - from);
    }
}
