package candlestack.analytics.compute.market;

import candlestack.analytics.compute.indicator.IndicatorState;
import candlestack.analytics.compute.indicator.IndicatorValues;
import candlestack.analytics.compute.quote.Quote;
import candlestack.analytics.compute.state.StateInput;
import candlestack.analytics.compute.state.StateOutput;

/** A bar that quotes can still reach: the live one, or one within the lateness. */
final class OpenBar {
    private static final int CLOSED = 1;
    private static final int ONE_PRICE = 2;
    private static final int CHANGED = 4;

    private final long start;
    private double open;
    private double high;
    private double low;
    private double close;
    private long openTime;
    private long closeTime;
    private final ExactSum volume = new ExactSum();
    private final ExactSum notional = new ExactSum();
    private long trades;
    private boolean closed;
    private boolean changed;

    OpenBar(long start) {
        this.start = start;
    }

    /**
     * Takes in a quote of its time; of two quotes at the same time the later arrival is the later one.
     *
     * @return whether later bars must be told: high, low or close moved
     */
    boolean add(Quote quote, Turnover turnover) {
        double price = quote.price();
        boolean moved = trades == 0;
        if (moved) {
            open = price;
            high = price;
            low = price;
            close = price;
            openTime = quote.timeNanos();
            closeTime = quote.timeNanos();
        } else {
            moved = price > high || price < low;
            high = Math.max(high, price);
            low = Math.min(low, price);
            if (quote.timeNanos() < openTime) {
                open = price;
                openTime = quote.timeNanos();
            }
            if (quote.timeNanos() >= closeTime) {
                moved |= close != price;
                close = price;
                closeTime = quote.timeNanos();
            }
        }
        volume.add(turnover.size(), turnover.sizeRest());
        notional.add(turnover.notional(), turnover.notionalRest());
        trades++;
        changed = true;
        return moved;
    }

    long start() {
        return start;
    }

    double close() {
        return close;
    }

    /** Whether it was closed when it was last written out. */
    boolean closed() {
        return closed;
    }

    /** Whether a quote came since it was last written out. */
    boolean changed() {
        return changed;
    }

    void written(boolean nowClosed) {
        closed = nowClosed;
        changed = false;
    }

    void extend(IndicatorState indicators) {
        indicators.accept(high, low, close);
    }

    Bar version(String symbol, Interval interval, IndicatorValues indicators) {
        double sum = volume.value();
        double vwap = sum > 0 ? ExactSum.quotient(notional, volume) : Double.NaN;
        return new Bar(symbol, interval, start, open, high, low, close, sum, trades, vwap, indicators, closed);
    }

    /** @param reference a time near the bar's, from which it is a short way */
    void write(StateOutput output, long reference) {
        boolean onePrice = high == low;
        output.signed(start - reference);
        output.octet((closed ? CLOSED : 0) | (onePrice ? ONE_PRICE : 0) | (changed ? CHANGED : 0));
        output.real(open);
        if (!onePrice) {
            output.real(high);
            output.real(low);
            output.real(close);
        }
        output.unsigned(openTime - start);
        output.unsigned(closeTime - openTime);
        output.unsigned(trades);
        volume.write(output);
        notional.write(output);
    }

    static OpenBar read(StateInput input, long reference) {
        OpenBar bar = new OpenBar(reference + input.signed());
        int flags = input.octet();
        boolean onePrice = (flags & ONE_PRICE) != 0;
        bar.closed = (flags & CLOSED) != 0;
        bar.changed = (flags & CHANGED) != 0;
        bar.open = input.real();
        bar.high = onePrice ? bar.open : input.real();
        bar.low = onePrice ? bar.open : input.real();
        bar.close = onePrice ? bar.open : input.real();
        bar.openTime = bar.start + input.unsigned();
        bar.closeTime = bar.openTime + input.unsigned();
        bar.trades = input.unsigned();
        bar.volume.read(input);
        bar.notional.read(input);
        return bar;
    }
}
