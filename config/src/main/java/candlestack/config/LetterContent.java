package candlestack.config;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * What a dead letter tells of a record that was refused: why, and the record, or as much of it as fits. The letter has
 * four characters for three bytes, so that of the largest records would itself be too large for its topic. Immutable.
 */
public final class LetterContent {
    /** For the reason, the names and the headers beside the record. */
    private static final int ROOM = 256 << 10;

    private static final int MOST_RAW_BYTES = (Topic.LARGEST_RECORD - ROOM) / 4 * 3;
    /** In characters: an event of thousands of wrong items has as many reasons. */
    private static final int LONGEST_REASON = 2000;

    private final String reason;
    private final byte[] raw;

    private LetterContent(String reason, byte[] raw) {
        this.reason = requireNonNull(reason, "reason is null");
        this.raw = requireNonNull(raw, "raw is null");
    }

    /** @param raw the refused record; not copied */
    public static LetterContent of(String reason, byte[] raw) {
        String told = reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "...";
        if (raw.length <= MOST_RAW_BYTES) {
            return new LetterContent(told, raw);
        }
        byte[] kept = Arrays.copyOf(raw, wholeCharacters(raw));
        return new LetterContent(told + " (the first " + kept.length + " of " + raw.length + " bytes)", kept);
    }

    /** A character of UTF-8 that is cut would make all the text unreadable. */
    private static int wholeCharacters(byte[] raw) {
        for (int length = MOST_RAW_BYTES; length > MOST_RAW_BYTES - 4; length--) {
            if ((raw[length] & 0xC0) != 0x80) {
                return length;
            }
        }
        return MOST_RAW_BYTES;
    }

    public String reason() {
        return reason;
    }

    /** Not a copy: of megabytes it would be one too many. */
    public byte[] raw() {
        return raw;
    }
}
