package candlestack.influxdb.access;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A name that buckets can be marked with.
 *
 * @param id 16 hexadecimal digits
 * @param properties such as its colour; what they mean is the client's affair
 */
public record Label(String id, String organizationId, String name, Map<String, String> properties) {
    public Label {
        requireNonNull(name, "name is null");
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }
}
