package candlestack.influxdb.line;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** What the parts of a line have in common. */
final class Scan {
    private Scan() {}

    static int skipWhitespace(byte[] bytes, int from, int end) {
        int i = from;
        while (i < end && (bytes[i] == ' ' || bytes[i] == '\t' || bytes[i] == 0)) {
            i++;
        }
        return i;
    }

    /** The first {@code stop} without a backslash before it, or the end. */
    static int find(byte[] bytes, int from, int end, char stop) {
        int i = from;
        while (i < end && !(bytes[i] == stop && (i == from || bytes[i - 1] != '\\'))) {
            i++;
        }
        return i;
    }

    /** The text with the backslash gone before each of the {@code escapable} characters. */
    static String unescape(byte[] bytes, int from, int end, String escapable) {
        int backslash = from;
        while (backslash < end && bytes[backslash] != '\\') {
            backslash++;
        }
        if (backslash == end) {
            return new String(bytes, from, end - from, UTF_8);
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream(end - from);
        for (int i = from; i < end; i++) {
            boolean escape = bytes[i] == '\\' && i + 1 < end && escapable.indexOf(bytes[i + 1]) >= 0;
            text.write(bytes[escape ? ++i : i]);
        }
        return text.toString(UTF_8);
    }
}
