package candlestack.flux.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import candlestack.flux.table.Column;
import candlestack.flux.value.Time;
import candlestack.flux.value.Values;
import java.io.IOException;
import java.util.Optional;

/**
 * Writes the cells of the columns at one position of table after table. The text it wrote last is kept: most strings
 * and times are those of group keys, the same in row after row. Not thread-safe.
 */
final class CellWriter {
    private static final byte[] NOTHING = {};

    private final char delimiter;
    private Object lastValue;
    private byte[] lastBytes = NOTHING;
    private long lastNanos;
    private byte[] lastTime = NOTHING;

    CellWriter(char delimiter) {
        this.delimiter = delimiter;
    }

    void write(Column column, int row, Utf8Buffer out) throws IOException {
        if (column.isNull(row)) {
            return;
        }
        switch (column.type()) {
            case FLOAT -> write(column.doubleAt(row), out);
            case INTEGER -> out.number(column.longAt(row));
            case TIME -> writeTime(column.longAt(row), out);
            default -> writeKept(column.get(row), out);
        }
    }

    private static void write(double value, Utf8Buffer out) throws IOException {
        int scale = Values.decimalScale(value);
        if (scale >= 0) {
            out.decimal(Values.unscaled(value, scale), scale);
        } else {
            out.append(Values.format(value));
        }
    }

    private void writeTime(long time, Utf8Buffer out) throws IOException {
        if (lastTime.length == 0 || time != lastNanos) {
            lastNanos = time;
            lastTime = TimeText.of(time);
        }
        out.append(lastTime);
    }

    private void writeKept(Object value, Utf8Buffer out) throws IOException {
        if (value != lastValue && !value.equals(lastValue)) {
            lastValue = value;
            lastBytes = field(Values.display(value), delimiter);
        }
        out.append(lastBytes);
    }

    /** A value's text in an annotation. */
    static String text(Optional<Object> value) {
        return value.map(known -> known instanceof Time time ? time.toString() : Values.display(known))
                .orElse("");
    }

    /** A field's bytes, in quotes where it takes them. */
    static byte[] field(String text, char delimiter) {
        boolean quoted = text.startsWith(" ");
        for (int i = 0; i < text.length() && !quoted; i++) {
            char c = text.charAt(i);
            quoted = c == delimiter || c == '"' || c == '\n' || c == '\r';
        }
        return (quoted ? '"' + text.replace("\"", "\"\"") + '"' : text).getBytes(UTF_8);
    }
}
