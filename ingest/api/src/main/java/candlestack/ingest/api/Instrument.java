package candlestack.ingest.api;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * What a symbol stands for. A later one replaces an earlier one of the same symbol.
 *
 * @param time when this was known to be so
 * @param type such as {@code EQUITY} or {@code CRYPTOCURRENCY}
 */
public record Instrument(
        String id,
        String symbol,
        Instant time,
        Optional<String> name,
        Optional<String> exchange,
        Optional<String> currency,
        Optional<String> type,
        Optional<String> sector)
        implements Event {
    public Instrument {
        requireNonNull(id, "id is null");
        requireNonNull(symbol, "symbol is null");
        requireNonNull(time, "time is null");
        requireNonNull(name, "name is null");
        requireNonNull(exchange, "exchange is null");
        requireNonNull(currency, "currency is null");
        requireNonNull(type, "type is null");
        requireNonNull(sector, "sector is null");
    }

    @Override
    public TimeOrigin origin() {
        return TimeOrigin.OBSERVED;
    }

    @Override
    public String key() {
        return symbol;
    }
}
