package candlestack.ingest.sources.market;

import java.time.Duration;
import java.time.Instant;

/** How many quotes are due. What was held up for more than a second is left out: a market does not wait. */
final class Pace {
    private static final double MOST_SECONDS = 1;
    private static final double NANOS = 1e9;

    private final double quotesPerSecond;
    private Instant from;
    private long given;

    Pace(double quotesPerSecond, Instant from) {
        this.quotesPerSecond = quotesPerSecond;
        this.from = from;
    }

    long due(Instant now) {
        double seconds = seconds(now);
        long due = (long) (seconds * quotesPerSecond) - given;
        long most = Math.max(1, (long) (MOST_SECONDS * quotesPerSecond));
        if (due > most || seconds < 0) {
            from = now;
            given = -most;
            return seconds < 0 ? 0 : most;
        }
        return due;
    }

    void given(long quotes) {
        given += quotes;
    }

    /** Until the next quote is due, or a hundredth of a second's worth of them. */
    Duration untilNext(Instant now) {
        double quotes = given + Math.max(1, quotesPerSecond / 100);
        double seconds = quotes / quotesPerSecond - seconds(now);
        return Duration.ofNanos(Math.max(100_000, (long) Math.ceil(seconds * NANOS)));
    }

    private double seconds(Instant now) {
        return Duration.between(from, now).toNanos() / NANOS;
    }
}
