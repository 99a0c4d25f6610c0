package candlestack.analytics.compute.json;

import java.nio.charset.StandardCharsets;

/** Escapes inside JSON strings, read and written. */
final class JsonStrings {
    private static final String SIMPLE_ESCAPES = "\"\\/bfnrt";
    private static final String SIMPLE_MEANINGS = "\"\\/\b\f\n\r\t";

    private JsonStrings() {}

    /** Length of the escape whose first byte after the backslash is at {@code position}; 0 if there is none. */
    static int escapeLength(byte[] input, int position) {
        if (SIMPLE_ESCAPES.indexOf(input[position]) >= 0) {
            return 1;
        }
        if (input[position] != 'u' || position + 4 >= input.length) {
            return 0;
        }
        for (int i = 1; i <= 4; i++) {
            if (Character.digit(input[position + i], 16) < 0) {
                return 0;
            }
        }
        return 5;
    }

    /** The text of a slice whose escapes have been checked. */
    static String unescape(byte[] input, int start, int end) {
        String raw = new String(input, start, end - start, StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder(raw.length());
        int position = 0;
        while (position < raw.length()) {
            char next = raw.charAt(position++);
            if (next != '\\') {
                text.append(next);
                continue;
            }
            char escape = raw.charAt(position++);
            if (escape == 'u') {
                text.append((char) Integer.parseInt(raw, position, position + 4, 16));
                position += 4;
            } else {
                text.append(SIMPLE_MEANINGS.charAt(SIMPLE_ESCAPES.indexOf(escape)));
            }
        }
        return text.toString();
    }
}
