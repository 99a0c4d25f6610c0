package candlestack.ingest.sources.pace;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * How many events are due at a rate. What was held up for more than a second is left out: the world does not wait.
 * Not safe for use by several threads.
 */
public final class Pace {
    private static final double MOST_SECONDS = 1;
    private static final double NANOS = 1e9;

    private final double eventsPerSecond;
    private Instant from;
    private long given;

    public Pace(double eventsPerSecond, Instant from) {
        this.eventsPerSecond = eventsPerSecond;
        this.from = requireNonNull(from, "from is null");
    }

    /** What is due by now and was not yet {@link #given}. */
    public long due(Instant now) {
        double seconds = seconds(now);
        long due = (long) (seconds * eventsPerSecond) - given;
        long most = Math.max(1, (long) (MOST_SECONDS * eventsPerSecond));
        if (due > most || seconds < 0) {
            from = now;
            given = -most;
            return seconds < 0 ? 0 : most;
        }
        return due;
    }

    /** Takes away what was made of what is due. */
    public void given(long events) {
        given += events;
    }

    /** Until the next event is due, or a hundredth of a second's worth of them. */
    public Duration untilNext(Instant now) {
        double events = given + Math.max(1, eventsPerSecond / 100);
        double seconds = events / eventsPerSecond - seconds(now);
        return Duration.ofNanos(Math.max(100_000, (long) Math.ceil(seconds * NANOS)));
    }

    private double seconds(Instant now) {
        return Duration.between(from, now).toNanos() / NANOS;
    }
}
