package candlestack.analytics.compute.stream;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.compute.quote.EventId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A record as it was read from its topic, or a row that was forwarded. Immutable as long as nobody writes to its bytes,
 * which are not copied.
 */
public final class StreamRecord {
    private final String topic;
    private final String key;
    private final byte[] value;
    private final long stampMillis;
    private final byte[] eventId;
    private final String origin;
    private final int partition;

    /**
     * In partition 0.
     *
     * @param topic empty for a row that was forwarded
     * @param key as the producer gave it, empty where it gave none
     * @param value null for a tombstone
     * @param stampMillis when the broker appended it, milliseconds since 1970: the clock that the future begins at
     * @param eventId its id in UTF-8, or what names its place where it came without one
     * @param origin its source, or its topic where it does not say
     */
    public StreamRecord(String topic, String key, byte[] value, long stampMillis, byte[] eventId, String origin) {
        this(topic, key, value, stampMillis, eventId, origin, 0);
    }

    private StreamRecord(
            String topic, String key, byte[] value, long stampMillis, byte[] eventId, String origin, int partition) {
        this.topic = requireNonNull(topic, "topic is null");
        this.key = requireNonNull(key, "key is null");
        this.value = value;
        this.stampMillis = stampMillis;
        this.eventId = requireNonNull(eventId, "eventId is null");
        this.origin = requireNonNull(origin, "origin is null");
        this.partition = partition;
    }

    /** The same, read from another partition. */
    public StreamRecord inPartition(int other) {
        return new StreamRecord(topic, key, value, stampMillis, eventId, origin, other);
    }

    public String topic() {
        return topic;
    }

    public String key() {
        return key;
    }

    /** Empty for a tombstone. */
    public Optional<byte[]> value() {
        return Optional.ofNullable(value);
    }

    /** The value; without any bytes for a tombstone. */
    public byte[] bytes() {
        return value == null ? new byte[0] : value;
    }

    public long stampMillis() {
        return stampMillis;
    }

    /** What duplicates are told by. */
    public EventId eventId() {
        return EventId.parse(eventId);
    }

    public String eventIdText() {
        return new String(eventId, StandardCharsets.UTF_8);
    }

    public String origin() {
        return origin;
    }

    /** Of its topic; what comes again comes in the same one, after the first. */
    public int partition() {
        return partition;
    }
}
