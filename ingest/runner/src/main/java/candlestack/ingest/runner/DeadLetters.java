package candlestack.ingest.runner;

import candlestack.config.Topic;
import candlestack.ingest.api.Event;
import candlestack.ingest.api.Reject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;

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
        String reason = "Cannot publish '" + shortened(event.key()) + "': " + cause.getMessage();
        return message(event.id(), reason, event.toString().getBytes(StandardCharsets.UTF_8));
    }

    private Message message(String id, String reason, byte[] raw) {
        boolean tooLong = raw.length > MOST_RAW_BYTES;
        byte[] kept = tooLong ? Arrays.copyOf(raw, MOST_RAW_BYTES) : raw;
        String told = tooLong ? reason + " (the first " + MOST_RAW_BYTES + " of " + raw.length + " bytes)" : reason;
        byte[] value = json.object(out -> {
            out.writeStringField("origin", source);
            out.writeStringField("reason", told);
            out.writeStringField("time", Times.text(clock.instant()));
            out.writeBinaryField("raw", kept);
        });
        return new Message(Topic.DEAD_LETTERS.topicName(), source, value, sourceBytes, id);
    }

    private static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "...";
    }
}
