package candlestack.analytics.compute.stream;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A point for InfluxDB. Bucket, measurement, tags and time are its identity: a point of the same identity takes the
 * place of an earlier one, field by field.
 *
 * @param timeNanos nanoseconds since 1970
 * @param tags by name; one without a value is left out by the store
 * @param fields by name, at least one, each finite
 */
public record Point(
        String bucket, String measurement, long timeNanos, Map<String, String> tags, Map<String, Double> fields) {
    public Point {
        requireNonNull(bucket, "bucket is null");
        requireNonNull(measurement, "measurement is null");
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
        fields = Collections.unmodifiableMap(new TreeMap<>(fields));
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("Cannot make a point of " + measurement + ": no field");
        }
    }

    /** Bucket, measurement and tags: what its versions have in common beside the time. */
    public String series() {
        StringBuilder text = new StringBuilder(bucket).append('/').append(measurement);
        tags.forEach((name, value) -> text.append('/').append(name).append('=').append(value));
        return text.toString();
    }
}
