package candlestack.analytics.sinks.cassandra;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** How long a row is to live so that it goes when its event is as old as the retention, whenever it was written. */
record TimeToLive(Duration retention, InstantSource clock) {
    /** Cassandra takes no longer one. */
    private static final Duration LONGEST = Duration.ofDays(20 * 365);

    TimeToLive {
        requireNonNull(retention, "retention is null");
        requireNonNull(clock, "clock is null");
    }

    /** @return at least 1 s; 0 for a row that stays, as the tables have it for a retention above 20 years */
    int seconds(Instant time) {
        if (retention.compareTo(LONGEST) > 0) {
            return 0;
        }
        long left = retention.minus(Duration.between(time, clock.instant())).toSeconds();
        return (int) Math.max(1, Math.min(left, LONGEST.toSeconds()));
    }
}
