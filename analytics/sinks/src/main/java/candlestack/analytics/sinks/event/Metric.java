package candlestack.analytics.sinks.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a part of the stack says of itself, from {@code pipeline.metrics}.
 *
 * @param measurement {@code query}, {@code source} or {@code sink}
 * @param fields in the order of the record; none is empty
 */
public record Metric(String measurement, String name, Instant time, Map<String, Double> fields) {
    public Metric {
        requireNonNull(measurement, "measurement is null");
        requireNonNull(name, "name is null");
        requireNonNull(time, "time is null");
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    public static Metric decode(byte[] value) throws MalformedRecordException {
        JsonNode object = Json.object(value);
        Map<String, Double> fields = new LinkedHashMap<>();
        JsonNode written = object.path("fields");
        for (Map.Entry<String, JsonNode> field : written.properties()) {
            double number = Json.optionalNumber(written, field.getKey());
            if (!Double.isNaN(number)) {
                fields.put(field.getKey(), number);
            }
        }
        if (fields.isEmpty()) {
            throw new MalformedRecordException("Missing fields: a metric has at least one number");
        }
        return new Metric(
                Json.text(object, "measurement"), Json.text(object, "name"), Json.time(object, "time"), fields);
    }
}
