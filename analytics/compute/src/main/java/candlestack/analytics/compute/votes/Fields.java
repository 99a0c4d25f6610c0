package candlestack.analytics.compute.votes;

import candlestack.analytics.compute.json.JsonException;
import candlestack.analytics.compute.json.JsonScanner;
import java.nio.charset.StandardCharsets;

/** What the fields of this stream have in common. */
final class Fields {
    private static final int LONGEST_TEXT = 128;

    private Fields() {}

    static byte[] name(String field) {
        return field.getBytes(StandardCharsets.UTF_8);
    }

    /** The value; empty where it is null. */
    static String text(JsonScanner scanner, String field) {
        return scanner.readNull() ? "" : scanner.text(field);
    }

    /**
     * Of a text that becomes a key or a tag.
     *
     * @param meaning what is wrong with a record without it
     */
    static String checked(String field, String value, String meaning) {
        if (value.isBlank()) {
            throw new JsonException("Missing " + field + ": " + meaning);
        }
        if (value.length() > LONGEST_TEXT || value.chars().anyMatch(Character::isISOControl)) {
            throw new JsonException("Invalid " + field + ": '" + shortened(value) + "', expected 1 to " + LONGEST_TEXT
                    + " printable characters");
        }
        return value;
    }

    static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }
}
