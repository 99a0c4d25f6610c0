package candlestack.analytics.compute.indicator;

import candlestack.analytics.compute.state.StateInput;
import candlestack.analytics.compute.state.StateOutput;

/**
 * An average that starts as the plain mean of its first {@code period} values and then moves by a fraction of each
 * further one: TA-Lib's EMA with 2 / (period + 1), Wilder's smoothing with 1 / period.
 */
final class SeededAverage {
    private final int period;
    private final double weight;
    private long count;
    /** The sum of the first values until there are enough of them, the average from then on. */
    private double value;

    private SeededAverage(int period, double weight) {
        this.period = period;
        this.weight = weight;
    }

    static SeededAverage exponential(int period) {
        return new SeededAverage(period, 2.0 / (period + 1));
    }

    static SeededAverage wilder(int period) {
        return new SeededAverage(period, 1.0 / period);
    }

    void accept(double next) {
        count++;
        if (count > period) {
            value += (next - value) * weight;
        } else {
            value += next;
            if (count == period) {
                value /= period;
            }
        }
    }

    boolean warm() {
        return count >= period;
    }

    double value() {
        return value;
    }

    void copyFrom(SeededAverage other) {
        count = other.count;
        value = other.value;
    }

    void write(StateOutput output) {
        output.unsigned(count);
        output.real(value);
    }

    void read(StateInput input) {
        count = input.unsigned();
        value = input.real();
    }
}
