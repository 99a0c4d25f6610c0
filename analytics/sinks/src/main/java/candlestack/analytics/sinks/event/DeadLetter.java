package candlestack.analytics.sinks.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Something refused, from {@code dead.letters}. There is no letter that is itself refused: one that cannot be read
 * says so, with its bytes as they came.
 */
public final class DeadLetter {
    private final String id;
    private final Instant time;
    private final String origin;
    private final String reason;
    private final byte[] raw;

    private DeadLetter(String id, Instant time, String origin, String reason, byte[] raw) {
        this.id = requireNonNull(id, "id is null");
        this.time = requireNonNull(time, "time is null");
        this.origin = requireNonNull(origin, "origin is null");
        this.reason = requireNonNull(reason, "reason is null");
        this.raw = requireNonNull(raw, "raw is null");
    }

    public static DeadLetter decode(ConsumerRecord<byte[], byte[]> record) {
        String id = id(record);
        try {
            JsonNode object = Json.object(record.value());
            return new DeadLetter(
                    id,
                    Json.time(object, "time"),
                    Json.text(object, "origin"),
                    Json.text(object, "reason"),
                    raw(object));
        } catch (MalformedRecordException e) {
            Instant stamp = Instant.ofEpochMilli(record.timestamp());
            byte[] raw = record.value() == null ? new byte[0] : record.value();
            return new DeadLetter(id, stamp, record.topic(), "Cannot read the dead letter: " + e.getMessage(), raw);
        }
    }

    /** The same when the letter is sent again. */
    public String id() {
        return id;
    }

    public Instant time() {
        return time;
    }

    /** The source or topic that the refused event came from. */
    public String origin() {
        return origin;
    }

    public String reason() {
        return reason;
    }

    /** The refused event, a copy. */
    public byte[] raw() {
        return raw.clone();
    }

    /** The refused event where it is UTF-8 that a database can hold as text. */
    public Optional<String> text() {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(raw))
                    .toString();
            return text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static byte[] raw(JsonNode object) throws MalformedRecordException {
        try {
            return Base64.getDecoder().decode(Json.optionalText(object, "raw").orElse(""));
        } catch (IllegalArgumentException e) {
            throw new MalformedRecordException("Invalid raw: expected base64", e);
        }
    }

    private static String id(ConsumerRecord<byte[], byte[]> record) {
        Header source = record.headers().lastHeader("source");
        Header event = record.headers().lastHeader("event-id");
        return source == null || event == null
                ? record.topic() + "/" + record.partition() + "/" + record.offset()
                : utf8(source) + "/" + utf8(event);
    }

    private static String utf8(Header header) {
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
