package candlestack.analytics.compute.indicator;

import java.util.Arrays;

/** The indicators of one bar. An indicator that is not warm is absent. Immutable once handed out. */
public final class IndicatorValues {
    public static final IndicatorValues NONE = new IndicatorValues();

    private final double[] values = new double[Indicator.count()];

    IndicatorValues() {
        Arrays.fill(values, Double.NaN);
    }

    void set(Indicator indicator, double value) {
        values[slot(indicator)] = value;
    }

    /** Whether the indicator is warm on this bar. */
    public boolean has(Indicator indicator) {
        return !Double.isNaN(values[slot(indicator)]);
    }

    /** The value; NaN while the indicator is not warm. */
    public double get(Indicator indicator) {
        return values[slot(indicator)];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IndicatorValues that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }

    @SuppressWarnings("EnumOrdinal") // nothing outlives the process: an EnumMap, but of doubles
    private static int slot(Indicator indicator) {
        return indicator.ordinal();
    }
}
