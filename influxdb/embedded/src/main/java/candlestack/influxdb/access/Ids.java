package candlestack.influxdb.access;

import java.security.SecureRandom;

/** Identifiers: random, so that one is never used again. */
final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** 16 hexadecimal digits, not all zero. */
    static String next() {
        long number = RANDOM.nextLong();
        return number == 0 ? next() : String.format("%016x", number);
    }

    static long toNumber(String id) {
        return Long.parseUnsignedLong(id, 16);
    }
}
