package candlestack.analytics.compute.json;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.DoubleFunction;

/**
 * Writes one JSON object at a time into a buffer that is used again. Numbers are written so that reading them
 * gives the same double. Not safe for use by several threads.
 */
public final class JsonWriter {
    private final DoubleFunction<String> shortest;
    private byte[] buffer = new byte[512];
    private int length;

    public JsonWriter() {
        this(Double::toString);
    }

    /** @param shortest the shortest text that reads as the double, for those that are no short decimals */
    public JsonWriter(DoubleFunction<String> shortest) {
        this.shortest = requireNonNull(shortest, "shortest is null");
    }

    /** Forgets what was written and opens an object. */
    public JsonWriter begin() {
        length = 0;
        append('{');
        return this;
    }

    public JsonWriter text(String name, String value) {
        name(name);
        quoted(value);
        return this;
    }

    /** @throws IllegalArgumentException if the value is not finite: JSON has no such number */
    public JsonWriter number(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("Cannot write " + name + ": " + value + " is no JSON number");
        }
        name(name);
        decimal(value);
        return this;
    }

    public JsonWriter number(String name, long value) {
        name(name);
        digits(value);
        return this;
    }

    /** Writes the word {@code true} or {@code false}. */
    public JsonWriter flag(String name, boolean value) {
        name(name);
        ascii(value ? "true" : "false");
        return this;
    }

    /** An ISO-8601 time in UTC, see {@link IsoTime#format}. */
    public JsonWriter time(String name, long epochNanos) {
        name(name);
        append('"');
        ascii(IsoTime.format(epochNanos));
        append('"');
        return this;
    }

    /** The word {@code null}. */
    public JsonWriter none(String name) {
        name(name);
        ascii("null");
        return this;
    }

    /** @param json a whole value, written as it is */
    public JsonWriter raw(String name, byte[] json) {
        name(name);
        for (byte next : json) {
            append(next);
        }
        return this;
    }

    /** Opens an object inside the object. */
    public JsonWriter beginObject(String name) {
        name(name);
        append('{');
        return this;
    }

    /** Closes the object inside. */
    public JsonWriter endObject() {
        append('}');
        return this;
    }

    /** Closes the object. */
    public byte[] end() {
        append('}');
        return Arrays.copyOf(buffer, length);
    }

    private void name(String name) {
        if (buffer[length - 1] != '{') {
            append(',');
        }
        quoted(name);
        append(':');
    }

    private void quoted(String text) {
        append('"');
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next >= 0x80) {
                rest(text.substring(i));
                break;
            }
            escaped(next);
        }
        append('"');
    }

    private void rest(String text) {
        for (byte next : text.getBytes(StandardCharsets.UTF_8)) {
            if (next < 0) {
                append(next);
            } else {
                escaped((char) next);
            }
        }
    }

    private void escaped(char next) {
        if (next == '"' || next == '\\') {
            append('\\');
            append(next);
        } else if (next < ' ') {
            ascii(String.format("\\u%04x", (int) next));
        } else {
            append(next);
        }
    }

    private void decimal(double value) {
        int decimals = Decimals.decimals(value);
        if (decimals < 0) {
            ascii(shortest.apply(value));
            return;
        }
        long unscaled = Decimals.unscaled(value, decimals);
        if (unscaled < 0) {
            append('-');
            unscaled = -unscaled;
        }
        String digits = Long.toString(unscaled);
        int whole = digits.length() - decimals;
        ascii(whole > 0 ? digits.substring(0, whole) : "0");
        append('.');
        for (int i = whole; i < 0; i++) {
            append('0');
        }
        ascii(decimals == 0 ? "0" : digits.substring(Math.max(whole, 0)));
    }

    private void digits(long value) {
        ascii(Long.toString(value));
    }

    private void ascii(String text) {
        int end = length + text.length();
        if (end > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(end, buffer.length * 2));
        }
        for (int i = 0; i < text.length(); i++) {
            buffer[length++] = (byte) text.charAt(i);
        }
    }

    private void append(int next) {
        if (length == buffer.length) {
            buffer = Arrays.copyOf(buffer, length * 2);
        }
        buffer[length++] = (byte) next;
    }
}
