package candlestack.ingest.sources.votes;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * How many votes are due. Their rate follows the hour of the day in UTC; what was held up for more than a second is left
 * out: a poll does not wait.
 */
final class Turnstile {
    private static final double NANOS = 1e9;
    /** How busy each hour is; the mean is 1. */
    private static final double[] HOURS = {
        0.5, 0.4, 0.4, 0.4, 0.4, 0.5, 0.8, 1.2, 1.5, 1.5, 1.3, 1.2, 1.2, 1.0, 0.9, 1.0, 1.2, 1.5, 1.7, 1.6, 1.3, 1.1,
        0.8, 0.6
    };

    private final double votesPerSecond;
    private Instant from;
    private double due;

    Turnstile(double votesPerSecond, Instant from) {
        this.votesPerSecond = votesPerSecond;
        this.from = from;
    }

    long due(Instant now) {
        double rate = rate(now);
        double most = Math.max(1, rate);
        double since = rate * Duration.between(from, now).toNanos() / NANOS;
        // What is left of a vote from before comes on top.
        due = Math.min(most + due % 1, due + Math.max(0, since));
        from = now;
        return (long) due;
    }

    void given(long votes) {
        due -= votes;
    }

    /** Until the next vote is due, or a hundredth of a second's worth of them. */
    Duration untilNext(Instant now) {
        double rate = rate(now);
        double votes = Math.max(1, rate / 100) - due;
        return Duration.ofNanos(Math.max(100_000, (long) Math.ceil(votes / rate * NANOS)));
    }

    private double rate(Instant now) {
        return votesPerSecond * HOURS[now.atOffset(ZoneOffset.UTC).getHour()];
    }
}
