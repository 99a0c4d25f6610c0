package candlestack.flux.value;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A point in time.
 *
 * @param nanos since 1970-01-01T00:00Z
 */
public record Time(long nanos) implements Comparable<Time> {
    private static final long NANOS = 1_000_000_000L;
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

    /** Saturates outside of 1677 to 2262. */
    public static Time of(Instant instant) {
        try {
            return new Time(Math.addExact(Math.multiplyExact(instant.getEpochSecond(), NANOS), instant.getNano()));
        } catch (ArithmeticException e) {
            return new Time(instant.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE);
        }
    }

    public Instant instant() {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }

    @Override
    public int compareTo(Time other) {
        return Long.compare(nanos, other.nanos);
    }

    /** RFC 3339 in UTC, with nine digits of the second: what {@code string} gives. */
    public String precise() {
        String digits = Long.toString(NANOS + Math.floorMod(nanos, NANOS)).substring(1);
        return SECONDS.format(instant()) + "." + digits + "Z";
    }

    /** RFC 3339 in UTC, with as many digits of the second as it takes. */
    @Override
    public String toString() {
        String text = SECONDS.format(instant());
        long fraction = Math.floorMod(nanos, NANOS);
        if (fraction == 0) {
            return text + "Z";
        }
        String digits = Long.toString(NANOS + fraction).substring(1);
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return text + "." + digits.substring(0, end) + "Z";
    }
}
