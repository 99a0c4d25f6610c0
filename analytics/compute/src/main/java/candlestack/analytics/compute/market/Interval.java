package candlestack.analytics.compute.market;

import java.time.Duration;

/** The lengths of bars. Bars start at multiples of their length since 1970 UTC, so a day is a UTC day. */
public enum Interval {
    ONE_SECOND("1s", Duration.ofSeconds(1)),
    ONE_MINUTE("1m", Duration.ofMinutes(1)),
    FIVE_MINUTES("5m", Duration.ofMinutes(5)),
    FIFTEEN_MINUTES("15m", Duration.ofMinutes(15)),
    ONE_HOUR("1h", Duration.ofHours(1)),
    ONE_DAY("1d", Duration.ofDays(1));

    private final String label;
    private final long nanos;

    Interval(String label, Duration length) {
        this.label = label;
        this.nanos = length.toNanos();
    }

    /** Its name in topics, tables and measurements. */
    public String label() {
        return label;
    }

    long nanos() {
        return nanos;
    }

    /** The start of the bar that holds {@code timeNanos}. */
    long start(long timeNanos) {
        return timeNanos - Math.floorMod(timeNanos, nanos);
    }

    /** Bars of a second are noise to a rule that looks for turns. */
    boolean hasSignals() {
        return this != ONE_SECOND;
    }

    /** A live bar this long changes little from one moment to the next: it is written at most once a second. */
    boolean isPaced() {
        return compareTo(FIVE_MINUTES) >= 0;
    }
}
