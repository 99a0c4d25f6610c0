package candlestack.ingest.feeds.mapping;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.Event;
import candlestack.ingest.api.TimeOrigin;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An event that has no id yet.
 *
 * @param subject the series or the symbol
 * @param texts the tags; of a quote, currency and exchange
 * @param numbers the fields; of a quote, price, size, bid and ask
 * @param ownId what identifies it where it comes from
 */
public record Draft(
        Emit emit,
        String subject,
        Instant time,
        TimeOrigin origin,
        Map<String, String> texts,
        Map<String, BigDecimal> numbers,
        Optional<String> ownId) {
    public Draft {
        requireNonNull(emit, "emit is null");
        requireNonNull(subject, "subject is null");
        requireNonNull(time, "time is null");
        requireNonNull(origin, "origin is null");
        texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
        numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
        requireNonNull(ownId, "ownId is null");
    }

    public Event event(String id) {
        return emit.event(id, this);
    }
}
