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

    void add(double value) {
        double sum = high + value;
        double shadow = sum - high;
        double error = (high - (sum - shadow)) + (value - shadow);
        double rest = low + error;
        high = sum + rest;
        low = rest - (high - sum);
    }

    /** Adds {@code a * b} with the part that the product of two doubles rounds away. */
    void addProduct(double a, double b) {
        double product = a * b;
        add(product);
        add(Math.fma(a, b, -product));
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
