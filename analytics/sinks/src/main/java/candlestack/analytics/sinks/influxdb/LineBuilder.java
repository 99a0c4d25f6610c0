package candlestack.analytics.sinks.influxdb;

import java.time.Instant;

/**
 * Writes InfluxDB's line protocol, many points into one text. Numbers are written as floats: a field whose type
 * changes loses points.
 */
final class LineBuilder {
    private final StringBuilder text = new StringBuilder(1 << 16);
    private boolean hasFields;

    LineBuilder measurement(String name) {
        hasFields = false;
        escaped(name, ", ");
        return this;
    }

    /** Measurement and tags that were escaped before. */
    LineBuilder series(String escaped) {
        hasFields = false;
        text.append(escaped);
        return this;
    }

    /** An empty value leaves the tag out: the server knows no empty tags. */
    LineBuilder tag(String name, String value) {
        if (!value.isEmpty()) {
            text.append(',');
            escaped(name, ",= ");
            text.append('=');
            escaped(value, ",= ");
        }
        return this;
    }

    /** NaN leaves the field out. */
    LineBuilder field(String name, double value) {
        if (!Double.isNaN(value)) {
            next(name);
            text.append(value);
        }
        return this;
    }

    LineBuilder field(String name, String value) {
        next(name);
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\');
            }
            text.append(c);
        }
        text.append('"');
        return this;
    }

    void end(Instant time) {
        end(Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano()));
    }

    void end(long epochNanos) {
        text.append(' ').append(epochNanos).append('\n');
    }

    /** What was written since the last time. */
    String take() {
        String lines = text.toString();
        text.setLength(0);
        return lines;
    }

    private void next(String name) {
        text.append(hasFields ? ',' : ' ');
        hasFields = true;
        escaped(name, ",= ");
        text.append('=');
    }

    /** A line break ends a point whatever stands before it, so it becomes a space. */
    private void escaped(String name, String special) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '\n' || c == '\r') {
                c = ' ';
            }
            if (special.indexOf(c) >= 0) {
                text.append('\\');
            }
            text.append(c);
        }
    }
}
