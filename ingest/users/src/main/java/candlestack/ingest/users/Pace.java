package candlestack.ingest.users;

import java.time.Duration;
import java.time.Instant;

/** How many profiles are due. What was held up for more than a second is left out. */
final class Pace {
    private static final double NANOS = 1e9;

    private final double perSecond;
    private Instant from;
    private long given;

    Pace(double perSecond, Instant from) {
        this.perSecond = perSecond;
        this.from = from;
    }

    long due(Instant now) {
        long most = Math.max(1, (long) perSecond);
        long due = (long) (seconds(now) * perSecond) - given;
        if (due > most || now.isBefore(from)) {
            from = now;
            given = -most;
            return most;
        }
        return due;
    }

    void given(int profiles) {
        given += profiles;
    }

    /** Until the next profile is due, or a tenth of a second's worth of them. */
    Duration untilNext(Instant now) {
        double seconds = (given + Math.max(1, perSecond / 10)) / perSecond - seconds(now);
        return Duration.ofNanos(Math.max(100_000, (long) Math.ceil(seconds * NANOS)));
    }

    private double seconds(Instant now) {
        return Duration.between(from, now).toNanos() / NANOS;
    }
}
