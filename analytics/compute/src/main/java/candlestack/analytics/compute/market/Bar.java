package candlestack.analytics.compute.market;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.compute.indicator.IndicatorValues;

/**
 * One version of a bar, as it is written to {@code market.bars}.
 *
 * @param startNanos the bar's start, nanoseconds since 1970 UTC
 * @param volume sum of the sizes of its quotes
 * @param trades count of its quotes
 * @param vwap notional by volume; NaN where the volume is 0
 * @param closed whether its time is over; a late quote can still correct it
 */
public record Bar(
        String symbol,
        Interval interval,
        long startNanos,
        double open,
        double high,
        double low,
        double close,
        double volume,
        long trades,
        double vwap,
        IndicatorValues indicators,
        boolean closed) {
    public Bar {
        requireNonNull(symbol, "symbol is null");
        requireNonNull(interval, "interval is null");
        requireNonNull(indicators, "indicators is null");
    }
}
