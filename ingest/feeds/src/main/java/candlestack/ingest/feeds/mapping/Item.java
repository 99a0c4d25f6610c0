package candlestack.ingest.feeds.mapping;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;

/**
 * What becomes one event.
 *
 * @param stamped the time it came with, beside the JSON; for what has none, the same as {@code observed}
 * @param observed when it was read
 * @param attributes what came with it beside the JSON, by name
 */
public record Item(JsonNode json, Instant stamped, Instant observed, Map<String, String> attributes) {
    public Item {
        requireNonNull(json, "json is null");
        requireNonNull(stamped, "stamped is null");
        requireNonNull(observed, "observed is null");
        attributes = Map.copyOf(attributes);
    }

    /** What came with nothing beside the JSON. */
    public static Item of(JsonNode json, Instant observed) {
        return new Item(json, observed, observed, Map.of());
    }
}
