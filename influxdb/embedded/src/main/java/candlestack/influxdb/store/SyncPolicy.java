package candlestack.influxdb.store;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * When the log is forced to the disk. A write is acknowledged only after the operating system has it, so killing the
 * process loses nothing whatever the policy; the policy is about losing power.
 *
 * @param every at most this long after a write, zero for before its acknowledgement (concurrent writers share one
 *     force)
 */
public record SyncPolicy(Duration every) {
    public static final SyncPolicy BEFORE_ACKNOWLEDGING = new SyncPolicy(Duration.ZERO);
    public static final SyncPolicy EVERY_SECOND = new SyncPolicy(Duration.ofSeconds(1));

    public SyncPolicy {
        requireNonNull(every, "every is null");
        if (every.isNegative()) {
            throw new IllegalArgumentException("Invalid sync interval: " + every);
        }
    }

    boolean beforeAcknowledging() {
        return every.isZero();
    }
}
