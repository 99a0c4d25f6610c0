package candlestack.analytics.compute.votes;

import candlestack.analytics.compute.json.JsonException;
import candlestack.analytics.compute.json.JsonScanner;
import candlestack.analytics.compute.json.Texts;
import java.nio.charset.StandardCharsets;

/** What the fields of this stream have in common. */
final class Fields {
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
        if (!Texts.isShortAndPrintable(value)) {
            throw new JsonException(Texts.invalidName(field, value));
        }
        return value;
    }
}
