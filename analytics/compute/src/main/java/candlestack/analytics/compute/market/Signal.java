package candlestack.analytics.compute.market;

import static java.util.Objects.requireNonNull;

/**
 * Something to notice about a closed bar. Symbol, interval, time and kind name it: a later record of the same name
 * takes the place of an earlier one.
 *
 * @param kind such as {@code sma_cross_up}
 * @param timeNanos the bar's start, nanoseconds since 1970 UTC
 * @param price the bar's close
 * @param detail what was seen, for a person
 * @param retracted true where a late quote has corrected the bar, and the signal with it, away
 */
public record Signal(
        String symbol, Interval interval, long timeNanos, String kind, double price, String detail, boolean retracted) {
    public Signal {
        requireNonNull(symbol, "symbol is null");
        requireNonNull(interval, "interval is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(detail, "detail is null");
    }

    Signal retraction() {
        return new Signal(symbol, interval, timeNanos, kind, price, detail, true);
    }
}
