package candlestack.analytics.sinks.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * What a rule found, from {@code market.signals}.
 *
 * @param price NaN where the signal has none
 * @param retracted a late quote has taken it back
 */
public record Signal(Key key, double price, Optional<String> detail, boolean retracted) {
    /** What a signal is told by. */
    public record Key(String symbol, String kind, String interval, Instant time) {
        public Key {
            requireNonNull(symbol, "symbol is null");
            requireNonNull(kind, "kind is null");
            requireNonNull(interval, "interval is null");
            requireNonNull(time, "time is null");
        }
    }

    public Signal {
        requireNonNull(key, "key is null");
        requireNonNull(detail, "detail is null");
    }

    public static Signal decode(byte[] value) throws MalformedRecordException {
        JsonNode object = Json.object(value);
        Key key = new Key(
                Json.text(object, "symbol"),
                Json.text(object, "kind"),
                Json.text(object, "interval"),
                Json.time(object, "time"));
        return new Signal(
                key,
                Json.optionalNumber(object, "price"),
                Json.optionalText(object, "detail"),
                object.path("retracted").asBoolean());
    }
}
