package candlestack.analytics.compute.dead;

import candlestack.analytics.compute.json.JsonWriter;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/** The values of {@code dead.letters}. Not safe for use by several threads. */
public final class DeadLetterJson {
    private final JsonWriter writer = new JsonWriter();

    /**
     * A refused record.
     *
     * @param origin the source of the record, or its topic where it names none
     * @param stampMillis when the broker had appended it: the same whenever it is read again
     */
    public byte[] write(String origin, String reason, long stampMillis, byte[] raw) {
        return writer.begin()
                .text("origin", origin)
                .text("reason", reason)
                .time("time", TimeUnit.MILLISECONDS.toNanos(stampMillis))
                .text("raw", Base64.getEncoder().encodeToString(raw))
                .end();
    }
}
