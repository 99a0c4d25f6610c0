package candlestack.analytics.sinks.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A point for InfluxDB, from {@code analytics.points}.
 *
 * @param tags by name, sorted
 * @param fields by name, sorted; at least one
 */
public record StorePoint(
        String bucket, String measurement, Instant time, Map<String, String> tags, Map<String, Double> fields) {
    public StorePoint {
        requireNonNull(bucket, "bucket is null");
        requireNonNull(measurement, "measurement is null");
        requireNonNull(time, "time is null");
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
        fields = Collections.unmodifiableMap(new TreeMap<>(fields));
    }

    public static StorePoint decode(byte[] value) throws MalformedRecordException {
        JsonNode object = Json.object(value);
        Map<String, Double> fields = new TreeMap<>();
        JsonNode numbers = object.path("fields");
        for (Map.Entry<String, JsonNode> field : numbers.properties()) {
            double number = Json.optionalNumber(numbers, field.getKey());
            if (!Double.isNaN(number)) {
                fields.put(field.getKey(), number);
            }
        }
        if (fields.isEmpty()) {
            throw new MalformedRecordException("Missing fields: a point has at least one number");
        }
        Map<String, String> tags = new TreeMap<>();
        JsonNode texts = object.path("tags");
        for (Map.Entry<String, JsonNode> tag : texts.properties()) {
            Json.optionalText(texts, tag.getKey()).ifPresent(text -> tags.put(tag.getKey(), text));
        }
        return new StorePoint(
                Json.text(object, "bucket"), Json.text(object, "measurement"), Json.time(object, "time"), tags, fields);
    }
}
