package candlestack.ingest.runner;

import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.SourceException;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** How long to wait before a source is opened again, by the kind of its error. One thread's. */
final class Backoff {
    private static final double JITTER = 0.25;
    private static final int MOST_DOUBLINGS = 20;

    private final RandomGenerator random;
    private int failures;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** Something came: the next error is a first one. */
    void reset() {
        failures = 0;
    }

    /** Empty: there is no use in trying again. */
    Optional<Duration> next(SourceException error) {
        if (error.kind() == ErrorKind.MISCONFIGURED) {
            return Optional.empty();
        }
        Range range = range(error.kind());
        Duration asked = error.retryAfter().orElse(Duration.ZERO);
        Duration grown = min(range.least().multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS)), range.most());
        failures++;
        Duration wait = grown.compareTo(asked) < 0 ? asked : grown;
        return Optional.of(Duration.ofMillis(Math.round(wait.toMillis() * (1 + JITTER * random.nextDouble()))));
    }

    private record Range(Duration least, Duration most) {}

    private static Range range(ErrorKind kind) {
        return switch (kind) {
            case TRANSIENT, POSITION_LOST, MISCONFIGURED -> new Range(Duration.ofSeconds(1), Duration.ofMinutes(1));
            case RATE_LIMITED -> new Range(Duration.ofMinutes(1), Duration.ofMinutes(15));
            case UNAUTHORIZED -> new Range(Duration.ofMinutes(1), Duration.ofHours(1));
            case PROTOCOL -> new Range(Duration.ofSeconds(5), Duration.ofMinutes(5));
        };
    }

    private static Duration min(Duration left, Duration right) {
        return left.compareTo(right) < 0 ? left : right;
    }
}
