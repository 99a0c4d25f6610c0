package candlestack.analytics.compute.stream;

import java.io.Serializable;
import java.time.Duration;

/**
 * How far event times may stray. Serializable, to travel with a job.
 *
 * @param latenessNanos how far behind the newest event of its key an event may be
 * @param futureNanos how far ahead of the clock an event may be
 */
public record EventTimeRules(long latenessNanos, long futureNanos) implements Serializable {
    public EventTimeRules {
        if (latenessNanos < 0 || futureNanos < 0) {
            throw new IllegalArgumentException(
                    "Invalid event time rules: " + latenessNanos + " and " + futureNanos + ", expected 0 or above");
        }
    }

    /**
     * Whether a time is too far ahead of the clock. Times may be centuries ago: their distance might not fit a long.
     *
     * @param clockNanos the broker's stamp
     */
    public boolean isFuture(long timeNanos, long clockNanos) {
        return timeNanos - futureNanos > clockNanos;
    }

    public static EventTimeRules of(Duration lateness, Duration future) {
        return new EventTimeRules(lateness.toNanos(), future.toNanos());
    }
}
