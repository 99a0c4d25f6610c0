package candlestack.analytics.job;

import static candlestack.analytics.job.OutgoingRecord.utf8;

import candlestack.analytics.compute.dead.DeadLetterJson;
import candlestack.analytics.compute.stream.StreamRecord;
import candlestack.config.LetterContent;
import candlestack.config.Topic;

/** Turns what was refused into records of {@code dead.letters}. One thread's. */
final class DeadLetters {
    /** In characters: a letter has it three times. */
    private static final int LONGEST_ORIGIN = 1 << 10;

    private final DeadLetterJson json = new DeadLetterJson();

    /** The refused record keeps its source and its id: read twice, it is one dead letter. */
    OutgoingRecord of(StreamRecord record, String reason) {
        String origin = LetterContent.shortened(record.origin(), LONGEST_ORIGIN);
        LetterContent content = LetterContent.of(reason, record.bytes());
        byte[] value = json.write(origin, content.reason(), record.stampMillis(), content.raw());
        return OutgoingRecord.of(Topic.DEAD_LETTERS, origin, value, utf8(origin), utf8(record.eventIdText()));
    }
}
