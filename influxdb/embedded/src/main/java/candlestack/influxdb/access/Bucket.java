package candlestack.influxdb.access;

import candlestack.influxdb.store.BucketSpec;
import java.time.Duration;
import java.time.Instant;

/**
 * @param id 16 hexadecimal digits
 * @param system whether the server itself made it
 * @param retentionSeconds zero for ever
 * @param partitionSeconds the span of a partition; never changes
 */
public record Bucket(
        String id,
        String organizationId,
        String name,
        String description,
        boolean system,
        long retentionSeconds,
        long partitionSeconds,
        Instant createdAt,
        Instant updatedAt) {

    public long number() {
        return Ids.toNumber(id);
    }

    public Duration retention() {
        return Duration.ofSeconds(retentionSeconds);
    }

    public BucketSpec spec() {
        return new BucketSpec(number(), Duration.ofSeconds(partitionSeconds), retention());
    }

    Bucket changed(String newName, String newDescription, long newRetentionSeconds, Instant now) {
        return new Bucket(
                id,
                organizationId,
                newName,
                newDescription,
                system,
                newRetentionSeconds,
                partitionSeconds,
                createdAt,
                now);
    }
}
