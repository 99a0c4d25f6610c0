package candlestack.influxdb.store;

import candlestack.flux.storage.ColumnType;
import java.util.Arrays;

/**
 * Points on their way into a bucket, each a series, a time and fields. Filled by one thread: {@link #beginPoint}, then
 * {@link #addField} for each field, then {@link #endPoint} or {@link #dropPoint}.
 */
public final class PointBatch {
    int points;
    long[] times = new long[64];
    /** A {@link Series} that is known, or the {@link SeriesName} of one that is not. */
    Object[] series = new Object[64];
    /** How a line spelled the series that is not known yet; null elsewhere. */
    byte[][] spellings = new byte[64][];
    /** For each point, where its values end. */
    int[] ends = new int[64];

    int values;
    /** A value's column where that is known. */
    Column[] columns = new Column[256];
    /** A value's field where the column is not known. */
    String[] fields = new String[256];

    ColumnType[] types = new ColumnType[256];
    long[] bits = new long[256];
    String[] texts = new String[256];

    /** Begins a point of a known series. */
    public void beginPoint(Series known) {
        begin(known, null);
    }

    /**
     * Begins a point of a series that may be new.
     *
     * @param spelling the bytes that name the series in lines, for the next lookup; null to leave that out
     */
    public void beginPoint(SeriesName name, byte[] spelling) {
        begin(name, spelling);
    }

    /** Adds a field of a known column: {@code text} for strings, {@code bits} for all else. */
    public void addField(Column column, ColumnType type, long valueBits, String text) {
        add(column, null, type, valueBits, text);
    }

    /** Adds a field by name. */
    public void addField(String field, ColumnType type, long valueBits, String text) {
        add(null, field, type, valueBits, text);
    }

    /** Ends the point, in nanoseconds. A point without fields is left out. */
    public void endPoint(long time) {
        if (values == (points == 0 ? 0 : ends[points - 1])) {
            return;
        }
        times[points] = time;
        ends[points] = values;
        points++;
    }

    /** Forgets the point that was begun. */
    public void dropPoint() {
        values = points == 0 ? 0 : ends[points - 1];
    }

    public int points() {
        return points;
    }

    public int values() {
        return values;
    }

    private void begin(Object named, byte[] spelling) {
        if (points == times.length) {
            int capacity = points * 2;
            times = Arrays.copyOf(times, capacity);
            series = Arrays.copyOf(series, capacity);
            spellings = Arrays.copyOf(spellings, capacity);
            ends = Arrays.copyOf(ends, capacity);
        }
        series[points] = named;
        spellings[points] = spelling;
    }

    private void add(Column column, String field, ColumnType type, long valueBits, String text) {
        if (values == columns.length) {
            int capacity = values * 2;
            columns = Arrays.copyOf(columns, capacity);
            fields = Arrays.copyOf(fields, capacity);
            types = Arrays.copyOf(types, capacity);
            bits = Arrays.copyOf(bits, capacity);
            texts = Arrays.copyOf(texts, capacity);
        }
        columns[values] = column;
        fields[values] = field;
        types[values] = type;
        bits[values] = valueBits;
        texts[values] = text;
        values++;
    }
}
