package candlestack.influxdb.store;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What the store must know of a bucket.
 *
 * @param partition the span of one partition; never changes for a bucket
 * @param retention how long points are kept; zero for ever
 */
public record BucketSpec(long id, Duration partition, Duration retention) {
    public BucketSpec {
        requireNonNull(partition, "partition is null");
        requireNonNull(retention, "retention is null");
        if (partition.isNegative() || partition.isZero()) {
            throw new IllegalArgumentException("Invalid partition: " + partition);
        }
        if (retention.isNegative()) {
            throw new IllegalArgumentException("Invalid retention: " + retention);
        }
    }

    /**
     * The span of a partition where nobody asks for another: InfluxDB's shards, but longer where points are kept for
     * ever, because nothing is dropped there and decades of daily bars should not be thousands of files.
     */
    public static Duration partitionFor(Duration retention) {
        if (retention.isZero()) {
            return Duration.ofDays(28);
        }
        if (retention.compareTo(Duration.ofDays(2)) < 0) {
            return Duration.ofHours(1);
        }
        return retention.compareTo(Duration.ofDays(180)) < 0 ? Duration.ofDays(1) : Duration.ofDays(7);
    }
}
