package candlestack.ingest.api;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;

/** Input that could not be turned into an event. It goes to the topic {@code dead.letters}. Immutable. */
public final class Reject {
    private final String id;
    private final String reason;
    private final byte[] raw;

    /**
     * @param id as stable as an event's: the same input read again has the same id
     * @param reason what is wrong and where, so that a person can act on it, such as
     *     {@code Cannot read line 17 of trades.csv: price 'abc' is not a number}
     * @param raw the input as it was read; copied
     */
    public Reject(String id, String reason, byte[] raw) {
        this.id = requireNonNull(id, "id is null");
        this.reason = requireNonNull(reason, "reason is null");
        this.raw = raw.clone();
    }

    public static Reject of(String id, String reason, String raw) {
        return new Reject(id, reason, raw.getBytes(StandardCharsets.UTF_8));
    }

    public String id() {
        return id;
    }

    public String reason() {
        return reason;
    }

    /** A copy. */
    public byte[] raw() {
        return raw.clone();
    }

    @Override
    public String toString() {
        return "Reject[id=" + id + ", reason=" + reason + ", raw=" + new String(raw, StandardCharsets.UTF_8) + "]";
    }
}
