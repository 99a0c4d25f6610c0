package candlestack.ingest.feeds.mapping;

import candlestack.ingest.sources.time.TimeUnit;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;

/** Where an event's time is found. */
public sealed interface TimePlace {
    /** More digits than any time has: written out, 1E+999999999 would be a gigabyte. */
    int MOST_DIGITS = 40;

    /** In the item's JSON. */
    record Pointer(JsonPointer path) implements TimePlace {}

    /** Nowhere: the clock's when the item was read. */
    record Observed() implements TimePlace {}

    /** Beside the JSON, where the item came with one. */
    record Stamped() implements TimePlace {}

    static TimePlace parse(String text) {
        return switch (text) {
            case "observed" -> new Observed();
            case "record" -> new Stamped();
            default -> {
                if (!text.startsWith("/")) {
                    throw new IllegalArgumentException("no place of a time: " + text);
                }
                yield new Pointer(Place.pointer(text));
            }
        };
    }

    /** @throws MappingException if there is none, or it is not written as expected */
    static Instant read(JsonNode json, Pointer place, TimeUnit unit) throws MappingException {
        JsonNode node = json.at(place.path());
        if (node.isMissingNode() || node.isNull()) {
            throw new MappingException("no time at " + place.path());
        }
        try {
            return unit.parse(text(node));
        } catch (IllegalArgumentException e) {
            throw new MappingException("the time at " + place.path() + ": " + e.getMessage());
        }
    }

    private static String text(JsonNode node) {
        if (node.isNumber()) {
            BigDecimal number = node.decimalValue();
            if (number.precision() > MOST_DIGITS || Math.abs((long) number.scale()) > MOST_DIGITS) {
                throw new IllegalArgumentException("more than " + MOST_DIGITS + " digits");
            }
            return number.stripTrailingZeros().toPlainString();
        }
        if (!node.isTextual()) {
            throw new IllegalArgumentException("neither a number nor a text");
        }
        return node.textValue().strip();
    }
}
