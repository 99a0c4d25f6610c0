package candlestack.influxdb.store;

import java.time.Duration;
import java.time.Instant;

/** Nanoseconds since 1970, in 64 bits: from 1677 to 2262. */
public final class Nanos {
    private static final long PER_SECOND = 1_000_000_000;

    private Nanos() {}

    /** The nanoseconds of an instant; beyond the ends the nearest end. */
    public static long of(Instant instant) {
        try {
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), PER_SECOND), instant.getNano());
        } catch (ArithmeticException e) {
            return instant.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    public static Instant toInstant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, PER_SECOND), Math.floorMod(nanos, PER_SECOND));
    }

    /** A duration as Go writes it: 1h0m0s, 1m30s, 0s. */
    public static String text(Duration duration) {
        long hours = duration.toHours();
        int minutes = duration.toMinutesPart();
        String seconds = duration.toSecondsPart()
                + (duration.toNanosPart() == 0
                        ? ""
                        : String.format(".%09d", duration.toNanosPart()).replaceAll("0+$", ""))
                + "s";
        if (hours > 0) {
            return hours + "h" + minutes + "m" + seconds;
        }
        return minutes > 0 ? minutes + "m" + seconds : seconds;
    }
}
