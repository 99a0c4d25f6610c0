package candlestack.ingest.runner;

import java.time.Instant;

/** Times as the topics have them: ISO-8601 UTC with at least milliseconds. One thread's. */
final class Times {
    private static final long YEAR_0 = -62_167_219_200L;
    private static final long YEAR_10000 = 253_402_300_800L;

    private Instant last = Instant.EPOCH;
    private String lastText = text(Instant.EPOCH);

    /** Remembers the last one: a busy source gives many events of one time. */
    String written(Instant time) throws UnpublishableException {
        if (!time.equals(last)) {
            if (time.getEpochSecond() < YEAR_0 || time.getEpochSecond() >= YEAR_10000) {
                throw new UnpublishableException("time " + time + " is not in the years 0000 to 9999");
            }
            lastText = text(time);
            last = time;
        }
        return lastText;
    }

    static String text(Instant time) {
        String text = time.toString();
        return text.indexOf('.') < 0 ? text.substring(0, text.length() - 1) + ".000Z" : text;
    }
}
