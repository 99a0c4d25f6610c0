package candlestack.viewer.files;

import static java.util.Objects.requireNonNull;

/**
 * A provisioned data source.
 *
 * @param type the id of Grafana's plugin
 * @param defaultBucket of a Flux data source, else ""
 * @param leastInterval the shortest interval worth asking for, such as 1s; "" where none is given
 */
public record DataSource(String uid, String name, String type, String defaultBucket, String leastInterval) {
    public DataSource {
        requireNonNull(uid, "uid is null");
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        requireNonNull(defaultBucket, "defaultBucket is null");
        requireNonNull(leastInterval, "leastInterval is null");
    }
}
