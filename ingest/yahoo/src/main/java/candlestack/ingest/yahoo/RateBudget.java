package candlestack.ingest.yahoo;

import java.time.Duration;
import java.time.Instant;

/**
 * How often Yahoo may be asked, by all instances of this process together. Safe to use from any thread.
 *
 * <p>The generic cell rate algorithm: a quarter of a minute's requests may come at once, the others evenly spread, and
 * no span of a minute sees more than the limit.
 */
final class RateBudget {
    private int perMinute = Integer.MAX_VALUE;
    private Instant nextSlot = Instant.MIN;

    /** The lowest limit that any instance was configured with holds for all. */
    synchronized void limit(int requestsPerMinute) {
        perMinute = Math.min(perMinute, requestsPerMinute);
    }

    /** Takes the next slot, and says how long it is until then. */
    synchronized Duration take(Instant now) {
        Instant slot = slot(now);
        nextSlot = slot.plus(spacing());
        return until(slot, now);
    }

    /** How long it is until the next slot, without taking it. */
    synchronized Duration wait(Instant now) {
        return until(slot(now), now);
    }

    /** The time from one request to the next when there is much to ask. */
    synchronized Duration spacing() {
        long spaced = perMinute - burst() + 1L;
        return Duration.ofNanos((Duration.ofMinutes(1).toNanos() + spaced - 1) / spaced);
    }

    private Instant slot(Instant now) {
        Instant earliest = now.minus(spacing().multipliedBy(burst() - 1L));
        return nextSlot.isBefore(earliest) ? earliest : nextSlot;
    }

    private static Duration until(Instant slot, Instant now) {
        return slot.isAfter(now) ? Duration.between(now, slot) : Duration.ZERO;
    }

    private int burst() {
        return Math.max(1, perMinute / 4);
    }
}
