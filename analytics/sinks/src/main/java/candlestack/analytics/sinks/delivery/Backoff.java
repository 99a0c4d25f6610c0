package candlestack.analytics.sinks.delivery;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: doubling from the kind's shortest to its longest wait, the upper half of it
 * left to chance, so that sinks that lost one store do not come back in step.
 */
final class Backoff {
    private static final int MOST_DOUBLINGS = 20;

    private final RandomGenerator random;
    private int failures;

    Backoff(RandomGenerator random) {
        this.random = requireNonNull(random, "random is null");
    }

    Duration next(StoreException.Kind kind) {
        long longest = kind.longestWait().toMillis();
        long ceiling = Math.min(longest, kind.shortestWait().toMillis() << Math.min(failures, MOST_DOUBLINGS));
        failures++;
        return Duration.ofMillis(ceiling / 2 + random.nextLong(ceiling / 2 + 1));
    }

    void reset() {
        failures = 0;
    }
}
