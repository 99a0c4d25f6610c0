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
        return of(reason, raw, MOST_RAW_BYTES);
    }

    /**
     * @param raw the refused record; not copied
     * @param mostRawBytes of which that many are kept, or as many as fit if they are fewer
     */
    public static LetterContent of(String reason, byte[] raw, int mostRawBytes) {
        String told = shortened(reason, LONGEST_REASON);
        int most = Math.min(mostRawBytes, MOST_RAW_BYTES);
        if (raw.length <= most) {
            return new LetterContent(told, raw);
        }
        byte[] kept = Arrays.copyOf(raw, wholeCharacters(raw, most));
        return new LetterContent(told + " (the first " + kept.length + " of " + raw.length + " bytes)", kept);
    }

    /** A character of UTF-8 that is cut would make all the text unreadable. */
    private static int wholeCharacters(byte[] raw, int most) {
        for (int length = most; length > Math.max(0, most - 4); length--) {
            if ((raw[length] & 0xC0) != 0x80) {
                return length;
            }
        }
        return most;
    }

    /** The beginning of a text that is longer than {@code most}, without half of a character of two. */
    public static String shortened(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "...";
    }

    public String reason() {
        return reason;
    }

    /** Not a copy: of megabytes it would be one too many. */
    public byte[] raw() {
        return raw;
    }
}
