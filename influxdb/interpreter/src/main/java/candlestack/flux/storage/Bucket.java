package candlestack.flux.storage;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * A bucket as {@code buckets()} lists it.
 *
 * @param id 16 hexadecimal digits
 * @param organizationId 16 hexadecimal digits
 * @param retention how long points are kept; zero for ever
 */
public record Bucket(String name, String id, String organizationId, Duration retention) {
    public Bucket {
        requireNonNull(name, "name is null");
        requireNonNull(id, "id is null");
        requireNonNull(organizationId, "organizationId is null");
        requireNonNull(retention, "retention is null");
    }
}
