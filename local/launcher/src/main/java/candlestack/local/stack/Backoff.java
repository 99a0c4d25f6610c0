package candlestack.local.stack;

import java.time.Duration;

/** Waiting times that double from half a second to half a minute. */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Duration next = FIRST;

    Duration next() {
        Duration current = next;
        next = next.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : next.multipliedBy(2);
        return current;
    }

    void reset() {
        next = FIRST;
    }
}
