package candlestack.influxdb.store;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What identifies a series.
 *
 * @param measurement its name, not escaped
 * @param tags key, value, key, value...: sorted by key, each key once, not escaped
 */
public record SeriesName(String measurement, List<String> tags) {
    public SeriesName {
        requireNonNull(measurement, "measurement is null");
        tags = List.copyOf(tags);
        if (tags.size() % 2 != 0) {
            throw new IllegalArgumentException("Invalid tags: a key without a value");
        }
    }

    /** A text that is equal for equal tags and sorts as they do. */
    String sortKey() {
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < tags.size(); i += 2) {
            key.append(tags.get(i)).append('\u0000').append(tags.get(i + 1)).append('\u0001');
        }
        return key.toString();
    }
}
