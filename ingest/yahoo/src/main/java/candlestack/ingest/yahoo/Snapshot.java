package candlestack.ingest.yahoo;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The last price of a symbol as Yahoo showed it at some moment, polled or streamed.
 *
 * @param time when the exchange saw that price; whole seconds when polled, milliseconds when streamed
 * @param dayVolume units traded since the session began; empty where Yahoo gives no such number, see
 *     {@link #countsUnits}
 */
record Snapshot(
        String symbol,
        Instant time,
        BigDecimal price,
        OptionalLong dayVolume,
        Optional<BigDecimal> bid,
        Optional<BigDecimal> ask,
        Optional<String> currency,
        Optional<String> exchange,
        Phase phase) {
    Snapshot {
        requireNonNull(symbol, "symbol is null");
        requireNonNull(time, "time is null");
        requireNonNull(price, "price is null");
        requireNonNull(dayVolume, "dayVolume is null");
        requireNonNull(bid, "bid is null");
        requireNonNull(ask, "ask is null");
        requireNonNull(currency, "currency is null");
        requireNonNull(exchange, "exchange is null");
        requireNonNull(phase, "phase is null");
    }

    /**
     * Whether the volume of such an instrument counts units of the day. That of a cryptocurrency is the money of the
     * last 24 hours, which goes down as well as up; currencies have none.
     */
    static boolean countsUnits(String type) {
        return !type.equals("CRYPTOCURRENCY") && !type.equals("CURRENCY");
    }
}
