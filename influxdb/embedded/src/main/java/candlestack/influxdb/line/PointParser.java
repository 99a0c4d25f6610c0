package candlestack.influxdb.line;

import static java.nio.charset.StandardCharsets.US_ASCII;

import candlestack.flux.storage.ColumnType;
import candlestack.influxdb.store.BucketStore;
import candlestack.influxdb.store.Column;
import candlestack.influxdb.store.PointBatch;
import candlestack.influxdb.store.Series;
import java.util.Arrays;

/** Parses one line into a batch. Not thread-safe. */
final class PointParser {
    private static final int LONGEST_KEY = 65_535;
    /** What stands between a series and a field in InfluxDB's own keys, whose length is limited. */
    private static final int KEY_SEPARATOR = 4;

    private static final long LEAST_TIME = Long.MIN_VALUE + 2;
    private static final long GREATEST_TIME = Long.MAX_VALUE - 1;
    private static final String ESCAPABLE_IN_FIELD = ",\" =";

    private final BucketStore.Lookup lookup;
    private final long unit;
    private final long defaultTime;
    private final PointBatch batch;

    PointParser(BucketStore bucket, Precision precision, long now, PointBatch batch) {
        this.lookup = bucket.lookup();
        this.unit = precision.nanos();
        this.defaultTime = Math.floorDiv(now, unit) * unit;
        this.batch = batch;
    }

    /** @throws BadLine if the line is none */
    void parse(byte[] bytes, int start, int end) {
        int keyEnd = Scan.find(bytes, start, end, ' ');
        Series series = keyEnd == end ? null : lookup.find(bytes, start, keyEnd);
        if (series == null) {
            SeriesKeyScanner key = new SeriesKeyScanner(bytes, start, end);
            keyEnd = key.end();
            checkKeyLength(keyEnd - start);
            batch.beginPoint(key.name(), Arrays.copyOfRange(bytes, start, keyEnd));
        } else {
            batch.beginPoint(series);
        }
        int fields = Scan.skipWhitespace(bytes, keyEnd, end);
        int fieldsEnd = FieldScanner.scan(bytes, fields, end);
        addFields(bytes, fields, fieldsEnd, series, keyEnd - start);
        batch.endPoint(time(bytes, fieldsEnd, end));
    }

    private void addFields(byte[] bytes, int start, int end, Series series, int keyLength) {
        int hint = 0;
        for (int from = start; from < end; hint++) {
            int nameEnd = Scan.find(bytes, from, end, '=');
            if (nameEnd > end - 2) {
                throw new BadLine("invalid value: field-key=" + new String(bytes, from, nameEnd - from, US_ASCII));
            }
            checkKeyLength(keyLength + KEY_SEPARATOR + nameEnd - from);
            int valueEnd = FieldScanner.endOfValue(bytes, nameEnd + 1, end);
            Column column = series == null ? null : series.column(bytes, from, nameEnd, hint);
            addField(bytes, from, nameEnd, valueEnd, column);
            from = valueEnd + 1;
        }
    }

    private void addField(byte[] bytes, int from, int nameEnd, int valueEnd, Column column) {
        int valueStart = nameEnd + 1;
        ColumnType type = FieldScanner.type(bytes, valueStart, valueEnd);
        long bits = 0;
        String text = null;
        switch (type) {
            case FLOAT -> bits = Double.doubleToRawLongBits(Numbers.parseDouble(bytes, valueStart, valueEnd));
            case INTEGER -> bits = Numbers.parseLong(bytes, valueStart, valueEnd - 1);
            case UNSIGNED -> bits = Numbers.parseUnsigned(bytes, valueStart, valueEnd - 1);
            case BOOLEAN -> bits = bytes[valueStart] == 't' || bytes[valueStart] == 'T' ? 1 : 0;
            case STRING -> text = Scan.unescape(bytes, valueStart + 1, valueEnd - 1, "\"\\");
        }
        if (column == null) {
            batch.addField(Scan.unescape(bytes, from, nameEnd, ESCAPABLE_IN_FIELD), type, bits, text);
        } else {
            batch.addField(column, type, bits, text);
        }
    }

    private long time(byte[] bytes, int from, int end) {
        int start = Scan.skipWhitespace(bytes, from, end);
        int i = start;
        while (i < end && bytes[i] != '\n' && bytes[i] != ' ') {
            boolean minus = i == start && bytes[i] == '-';
            if (!minus && (bytes[i] < '0' || bytes[i] > '9')) {
                throw new BadLine("bad timestamp");
            }
            i++;
        }
        if (i == start) {
            return defaultTime;
        }
        long time = toNanos(Numbers.parseLong(bytes, start, i));
        for (int rest = i; rest < end; rest++) {
            if (bytes[rest] != ' ') {
                throw new BadLine("point is invalid");
            }
        }
        return time;
    }

    private long toNanos(long timestamp) {
        long nanos = timestamp * unit;
        boolean exact = unit == 1 || Math.multiplyHigh(timestamp, unit) == nanos >> 63;
        if (!exact || nanos < LEAST_TIME || nanos > GREATEST_TIME) {
            throw new BadLine("time outside range " + LEAST_TIME + " - " + GREATEST_TIME);
        }
        return nanos;
    }

    private static void checkKeyLength(int length) {
        if (length > LONGEST_KEY) {
            throw new BadLine("max key length exceeded: " + length + " > " + LONGEST_KEY);
        }
    }
}
