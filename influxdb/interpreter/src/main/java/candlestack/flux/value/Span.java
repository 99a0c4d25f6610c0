package candlestack.flux.value;

import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * Flux's duration: months and nanoseconds, of one sign.
 *
 * @param months 0 or more
 * @param nanos 0 or more
 * @param negative whether both count backwards
 */
public record Span(long months, long nanos, boolean negative) implements Comparable<Span> {
    public static final Span ZERO = new Span(0, 0, false);
    /** What {@code inf} is: longer than any range of time. */
    public static final Span INFINITE = new Span(0, Long.MAX_VALUE, false);

    private static final String[] UNITS = {"w", "d", "h", "m", "s", "ms", "us", "ns"};
    private static final long[] SIZES = {
        604_800_000_000_000L,
        86_400_000_000_000L,
        3_600_000_000_000L,
        60_000_000_000L,
        1_000_000_000L,
        1_000_000L,
        1_000L,
        1L
    };

    public static Span ofNanos(long nanos) {
        return nanos < 0 ? new Span(0, -nanos, true) : new Span(0, nanos, false);
    }

    public static Span ofMonths(long months) {
        return months < 0 ? new Span(-months, 0, true) : new Span(months, 0, false);
    }

    public boolean isZero() {
        return months == 0 && nanos == 0;
    }

    public boolean isInfinite() {
        return nanos == Long.MAX_VALUE;
    }

    public long signedMonths() {
        return negative ? -months : months;
    }

    public long signedNanos() {
        return negative ? -nanos : nanos;
    }

    public Span negate() {
        return new Span(months, nanos, !negative);
    }

    public Span times(long factor) {
        boolean sign = negative != factor < 0;
        return new Span(months * Math.abs(factor), nanos * Math.abs(factor), sign);
    }

    /** The time this much later in a time zone: first the months, the day cut to the month's last, then the rest. */
    public Time addTo(Time time, ZoneId zone) {
        long result = time.nanos();
        if (months != 0) {
            ZonedDateTime local = time.instant().atZone(zone).plusMonths(signedMonths());
            result = Time.of(local.toInstant()).nanos();
        }
        return new Time(saturatedAdd(result, signedNanos()));
    }

    private static long saturatedAdd(long a, long b) {
        long sum = a + b;
        if (((a ^ sum) & (b ^ sum)) < 0) {
            return a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return sum;
    }

    /** Months first, each as 30 days for lack of a date. */
    @Override
    public int compareTo(Span other) {
        return Double.compare(weight(), other.weight());
    }

    private double weight() {
        return signedMonths() * 30.0 * SIZES[1] + signedNanos();
    }

    /** As a literal: {@code 1mo2d3h}. */
    @Override
    public String toString() {
        if (isZero()) {
            return "0ns";
        }
        StringBuilder text = new StringBuilder(negative ? "-" : "");
        if (months / 12 > 0) {
            text.append(months / 12).append('y');
        }
        if (months % 12 > 0) {
            text.append(months % 12).append("mo");
        }
        long rest = nanos;
        for (int i = 0; i < UNITS.length; i++) {
            if (rest / SIZES[i] > 0) {
                text.append(rest / SIZES[i]).append(UNITS[i]);
                rest %= SIZES[i];
            }
        }
        return text.toString();
    }
}
