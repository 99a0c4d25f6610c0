package candlestack.analytics.compute.quote;

import static java.util.Objects.requireNonNull;

/**
 * One trade or quotation of an instrument. What a quote may leave out is NaN here: a quote is made for every record of
 * the busiest topic, and four optional objects each would cost more than decoding it.
 *
 * @param timeNanos event time, nanoseconds since 1970 UTC
 * @param price above 0, in the instrument's currency
 * @param size units traded, 0 or above; NaN where the quote has none
 * @param bid best bid, NaN where the quote has none
 * @param ask best ask, NaN where the quote has none
 */
public record Quote(String symbol, long timeNanos, double price, double size, double bid, double ask)
        implements Decoded {
    public Quote {
        requireNonNull(symbol, "symbol is null");
    }
}
