package candlestack.analytics.compute.indicator;

import static candlestack.analytics.compute.indicator.Indicator.ATR_14;
import static candlestack.analytics.compute.indicator.Indicator.BB_LOWER;
import static candlestack.analytics.compute.indicator.Indicator.BB_MIDDLE;
import static candlestack.analytics.compute.indicator.Indicator.BB_UPPER;
import static candlestack.analytics.compute.indicator.Indicator.EMA_12;
import static candlestack.analytics.compute.indicator.Indicator.EMA_26;
import static candlestack.analytics.compute.indicator.Indicator.MACD;
import static candlestack.analytics.compute.indicator.Indicator.MACD_HISTOGRAM;
import static candlestack.analytics.compute.indicator.Indicator.MACD_SIGNAL;
import static candlestack.analytics.compute.indicator.Indicator.RSI_14;
import static candlestack.analytics.compute.indicator.Indicator.SMA_20;
import static candlestack.analytics.compute.indicator.Indicator.SMA_50;
import static candlestack.analytics.compute.indicator.Indicator.VOLATILITY_20;

import candlestack.analytics.compute.state.StateInput;
import candlestack.analytics.compute.state.StateOutput;

/**
 * All indicators over a growing series of bars, at constant cost a bar. The values are a function of the bars accepted
 * and their order, nothing else. Not safe for use by several threads.
 *
 * <p>Definitions are those of <a href="https://ta-lib.org">TA-Lib</a>, from its lookback periods to the seed of the
 * fast average inside MACD, which is the mean of the twelve closes that end with the slow average's first 26.
 */
public final class IndicatorState {
    private static final int LONGEST = 50;
    private static final int BAND_PERIOD = 20;
    private static final double BAND_WIDTH = 2;
    private static final int RETURNS = 20;
    /** 26 - 12: so many closes pass before those that seed MACD's fast average. */
    private static final int MACD_FAST_DELAY = 14;
    /** What TA-Lib takes for zero when it divides. */
    private static final double ZERO = 1e-14;

    private final Window closes = new Window(LONGEST);
    private final SeededAverage ema12 = SeededAverage.exponential(12);
    private final SeededAverage ema26 = SeededAverage.exponential(26);
    private final SeededAverage macdFast = SeededAverage.exponential(12);
    private final SeededAverage macdSignal = SeededAverage.exponential(9);
    private final SeededAverage gain = SeededAverage.wilder(14);
    private final SeededAverage loss = SeededAverage.wilder(14);
    private final SeededAverage range = SeededAverage.wilder(14);
    private final SeededAverage[] averages = {ema12, ema26, macdFast, macdSignal, gain, loss, range};
    private long bars;

    /** Goes on by one bar. */
    public void accept(double high, double low, double close) {
        if (bars > 0) {
            double previous = closes.get(0);
            gain.accept(Math.max(close - previous, 0));
            loss.accept(Math.max(previous - close, 0));
            range.accept(Math.max(high, previous) - Math.min(low, previous));
        }
        closes.add(close);
        ema12.accept(close);
        ema26.accept(close);
        if (bars >= MACD_FAST_DELAY) {
            macdFast.accept(close);
        }
        if (ema26.warm()) {
            macdSignal.accept(macd());
        }
        bars++;
    }

    /** The indicators of the bar accepted last; none before the first. */
    public IndicatorValues values() {
        IndicatorValues values = new IndicatorValues();
        int size = closes.size();
        if (size >= 20) {
            double mean = closes.mean(BAND_PERIOD);
            double band = BAND_WIDTH * Math.sqrt(closes.squaredDeviations(BAND_PERIOD, mean) / BAND_PERIOD);
            values.set(SMA_20, mean);
            values.set(BB_UPPER, mean + band);
            values.set(BB_MIDDLE, mean);
            values.set(BB_LOWER, mean - band);
        }
        if (size >= LONGEST) {
            values.set(SMA_50, closes.mean(LONGEST));
        }
        if (size > RETURNS) {
            values.set(VOLATILITY_20, volatility());
        }
        setAverages(values);
        return values;
    }

    private void setAverages(IndicatorValues values) {
        if (ema12.warm()) {
            values.set(EMA_12, ema12.value());
        }
        if (ema26.warm()) {
            values.set(EMA_26, ema26.value());
        }
        if (macdSignal.warm()) {
            values.set(MACD, macd());
            values.set(MACD_SIGNAL, macdSignal.value());
            values.set(MACD_HISTOGRAM, macd() - macdSignal.value());
        }
        if (range.warm()) {
            values.set(RSI_14, relativeStrength());
            values.set(ATR_14, range.value());
        }
    }

    private double macd() {
        return macdFast.value() - ema26.value();
    }

    private double relativeStrength() {
        double total = gain.value() + loss.value();
        return total < ZERO ? 0 : 100 * (gain.value() / total);
    }

    /** The sample standard deviation of the last 20 logarithmic returns, a bar's, not a year's. */
    private double volatility() {
        double[] returns = new double[RETURNS];
        double mean = 0;
        for (int i = 0; i < RETURNS; i++) {
            returns[i] = Math.log(closes.get(i) / closes.get(i + 1));
            mean += returns[i] / RETURNS;
        }
        double sum = 0;
        for (double next : returns) {
            sum += (next - mean) * (next - mean);
        }
        return Math.sqrt(sum / (RETURNS - 1));
    }

    /** The close of the bar accepted last; NaN before the first. */
    public double lastClose() {
        return bars == 0 ? Double.NaN : closes.get(0);
    }

    /** Becomes what {@code other} is. */
    public void copyFrom(IndicatorState other) {
        closes.copyFrom(other.closes);
        for (int i = 0; i < averages.length; i++) {
            averages[i].copyFrom(other.averages[i]);
        }
        bars = other.bars;
    }

    public void write(StateOutput output) {
        output.unsigned(bars);
        closes.write(output);
        for (SeededAverage average : averages) {
            average.write(output);
        }
    }

    public void read(StateInput input) {
        bars = input.unsigned();
        closes.read(input);
        for (SeededAverage average : averages) {
            average.read(input);
        }
    }
}
