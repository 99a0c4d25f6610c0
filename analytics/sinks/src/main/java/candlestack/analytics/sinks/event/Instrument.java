package candlestack.analytics.sinks.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What is known of a symbol, from {@code market.instruments}. */
public record Instrument(
        String symbol,
        Optional<String> name,
        Optional<String> exchange,
        Optional<String> currency,
        Optional<String> type,
        Optional<String> sector,
        Optional<String> source) {
    public Instrument {
        requireNonNull(symbol, "symbol is null");
    }

    public static Instrument decode(byte[] value) throws MalformedRecordException {
        JsonNode object = Json.object(value);
        return new Instrument(
                Json.text(object, "symbol"),
                Json.optionalText(object, "name"),
                Json.optionalText(object, "exchange"),
                Json.optionalText(object, "currency"),
                Json.optionalText(object, "type"),
                Json.optionalText(object, "sector"),
                Json.optionalText(object, "source"));
    }
}
