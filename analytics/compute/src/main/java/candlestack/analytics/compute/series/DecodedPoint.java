package candlestack.analytics.compute.series;

import java.util.SortedMap;

/**
 * What a record of {@code series.points} says.
 *
 * @param timeNanos nanoseconds since 1970
 * @param tags without those that have no value
 * @param fields at least one, each finite
 */
record DecodedPoint(String series, long timeNanos, SortedMap<String, String> tags, SortedMap<String, Double> fields) {}
