package candlestack.ingest.api;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Numbers at a time, of anything that is no quote. They get rolling statistics and the series dashboard. Names, tags and
 * their values have up to 128 characters, a series up to 256 fields; what has more is a dead letter.
 *
 * @param series what is measured, such as {@code weather}
 * @param tags which one, such as {@code station=berlin}; few distinct values, since each combination is a series
 * @param fields the numbers by name; a number that is not finite is a dead letter
 */
public record SeriesPoint(
        String id, String series, Instant time, TimeOrigin origin, Map<String, String> tags, Map<String, Double> fields)
        implements Event {
    public SeriesPoint {
        requireNonNull(id, "id is null");
        requireNonNull(series, "series is null");
        requireNonNull(time, "time is null");
        requireNonNull(origin, "origin is null");
        tags = copy(tags, "tag");
        fields = copy(fields, "field");
    }

    /** A point stamped where it was measured. */
    public static SeriesPoint of(
            String id, String series, Instant time, Map<String, String> tags, Map<String, Double> fields) {
        return new SeriesPoint(id, series, time, TimeOrigin.VENUE, tags, fields);
    }

    @Override
    public String key() {
        return series;
    }

    private static <T> Map<String, T> copy(Map<String, T> values, String what) {
        Map<String, T> copy = new LinkedHashMap<>();
        values.forEach((name, value) -> copy.put(
                requireNonNull(name, () -> "name of a " + what + " is null"),
                requireNonNull(value, () -> what + " " + name + " is null")));
        return Collections.unmodifiableMap(copy);
    }
}
