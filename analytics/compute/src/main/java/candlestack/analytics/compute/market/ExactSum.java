package candlestack.analytics.compute.market;

import candlestack.analytics.compute.state.StateInput;
import candlestack.analytics.compute.state.StateOutput;

/**
 * A sum in double-double arithmetic: 106 bits, in which sizes and prices of any market add up without rounding, so that
 * the order of arrival leaves no trace. See Dekker, "A floating-point technique for extending the available precision",
 * 1971.
 */
final class ExactSum {
    private double high;
    private double low;

    /** Adds {@code value} and, to it, what it is short of. */
    void add(double value, double rest) {
        add(value);
        add(rest);
    }

    private void add(double value) {
        double sum = high + value;
        double shadow = sum - high;
        double error = (high - (sum - shadow)) + (value - shadow);
        double rest = low + error;
        high = sum + rest;
        low = rest - (high - sum);
    }

    /** The double nearest to the quotient of two sums. */
    static double quotient(ExactSum dividend, ExactSum divisor) {
        double quotient = dividend.high / divisor.high;
        double rest = Math.fma(-quotient, divisor.high, dividend.high) + dividend.low - quotient * divisor.low;
        return quotient + rest / divisor.high;
    }

    double value() {
        return high;
    }

    void write(StateOutput output) {
        output.real(high);
        output.real(low);
    }

    void read(StateInput input) {
        high = input.real();
        low = input.real();
    }
}
