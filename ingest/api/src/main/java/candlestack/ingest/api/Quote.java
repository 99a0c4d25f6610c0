package candlestack.ingest.api;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * A price of a symbol at a time: a trade, or a snapshot of the last one. Quotes get bars, indicators and the market
 * dashboards. Prices stay decimal: they are published as they were read.
 *
 * @param size how much was traded at this price, in units of the symbol; absent where the quote is no trade
 * @param currency ISO 4217, such as {@code USD}
 */
public record Quote(
        String id,
        String symbol,
        Instant time,
        TimeOrigin origin,
        BigDecimal price,
        Optional<BigDecimal> size,
        Optional<BigDecimal> bid,
        Optional<BigDecimal> ask,
        Optional<String> currency,
        Optional<String> exchange)
        implements Event {
    public Quote {
        requireNonNull(id, "id is null");
        requireNonNull(symbol, "symbol is null");
        requireNonNull(time, "time is null");
        requireNonNull(origin, "origin is null");
        requireNonNull(price, "price is null");
        requireNonNull(size, "size is null");
        requireNonNull(bid, "bid is null");
        requireNonNull(ask, "ask is null");
        requireNonNull(currency, "currency is null");
        requireNonNull(exchange, "exchange is null");
    }

    /** A quote stamped by the venue; what else is known is added to the builder. */
    public static Builder of(String id, String symbol, Instant time, BigDecimal price) {
        return new Builder(id, symbol, time, price);
    }

    @Override
    public String key() {
        return symbol;
    }

    /** Adds to a quote what not every venue says. */
    public static final class Builder {
        private final String id;
        private final String symbol;
        private final Instant time;
        private final BigDecimal price;
        private TimeOrigin origin = TimeOrigin.VENUE;
        private Optional<BigDecimal> size = Optional.empty();
        private Optional<BigDecimal> bid = Optional.empty();
        private Optional<BigDecimal> ask = Optional.empty();
        private Optional<String> currency = Optional.empty();
        private Optional<String> exchange = Optional.empty();

        private Builder(String id, String symbol, Instant time, BigDecimal price) {
            this.id = id;
            this.symbol = symbol;
            this.time = time;
            this.price = price;
        }

        /** The time is that of our clock when the quote was seen. */
        public Builder observed() {
            origin = TimeOrigin.OBSERVED;
            return this;
        }

        public Builder size(BigDecimal value) {
            size = Optional.of(value);
            return this;
        }

        public Builder bid(BigDecimal value) {
            bid = Optional.of(value);
            return this;
        }

        public Builder ask(BigDecimal value) {
            ask = Optional.of(value);
            return this;
        }

        public Builder currency(String value) {
            currency = Optional.of(value);
            return this;
        }

        public Builder exchange(String value) {
            exchange = Optional.of(value);
            return this;
        }

        public Quote build() {
            return new Quote(id, symbol, time, origin, price, size, bid, ask, currency, exchange);
        }
    }
}
