package candlestack.analytics.compute.series;

import java.util.Map;

/**
 * The rolling statistics of a field at one of its values. NaN where there are too few values yet.
 *
 * @param mean of the values of the last minute of event time, the present one included; so are the next three
 * @param deviation sample standard deviation, from two values on
 * @param sma mean of the last 20 values
 * @param ema exponential mean, weight 2/21, begun with the mean of the first 20 values as TA-Lib does
 */
record Statistics(double value, double mean, double least, double most, double deviation, double sma, double ema) {
    /** Adds them to a point's fields, under the names of the product's contract. */
    void addTo(Map<String, Double> fields, String field) {
        put(fields, field + "_mean_1m", mean);
        put(fields, field + "_min_1m", least);
        put(fields, field + "_max_1m", most);
        put(fields, field + "_stddev_1m", deviation);
        put(fields, field + "_sma_20", sma);
        put(fields, field + "_ema_20", ema);
    }

    /** Sums of values near the largest double have no place in JSON. */
    private static void put(Map<String, Double> fields, String name, double value) {
        if (Double.isFinite(value)) {
            fields.put(name, value);
        }
    }
}
