package candlestack.ingest.runner;

import candlestack.config.LetterContent;
import candlestack.config.Topic;
import candlestack.ingest.api.Event;
import candlestack.ingest.api.Reject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.UUID;

/** Turns what was refused into records of the topic {@code dead.letters}. One thread's. */
final class DeadLetters {
    private static final int MOST_RAW_BYTES = 256 * 1024;

    private final JsonBuffer json = new JsonBuffer();
    private final String source;
    private final byte[] sourceBytes;
    private final Clock clock;

    DeadLetters(String source, Clock clock) {
        this.source = source;
        this.sourceBytes = source.getBytes(StandardCharsets.UTF_8);
        this.clock = clock;
    }

    Message of(Reject reject) {
        return message(reject.id(), reject.reason(), reject.raw());
    }

    Message of(Event event, UnpublishableException cause) {
        String key = LetterContent.shortened(event.key(), 100);
        String reason = "Cannot publish '" + key + "': " + cause.getMessage();
        return message(event.id(), reason, event.toString().getBytes(StandardCharsets.UTF_8));
    }

    private Message message(String id, String reason, byte[] raw) {
        LetterContent content = LetterContent.of(reason, raw, MOST_RAW_BYTES);
        byte[] value = json.object(out -> {
            out.writeStringField("origin", source);
            out.writeStringField("reason", content.reason());
            out.writeStringField("time", Times.text(clock.instant()));
            out.writeBinaryField("raw", content.raw());
        });
        return new Message(Topic.DEAD_LETTERS.topicName(), source, value, sourceBytes, idOf(id));
    }

    /** One without end is replaced by one that is as stable. */
    private static String idOf(String id) {
        return id.length() <= EventEncoder.LONGEST_ID
                ? id
                : UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
