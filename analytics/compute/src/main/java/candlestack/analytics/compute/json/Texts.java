package candlestack.analytics.compute.json;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Texts that somebody else has chosen: which of them may name something, and how much of the others is told. */
public final class Texts {
    private static final int LONGEST_NAME = 128;
    private static final int SHOWN = 40;

    private Texts() {}

    /** Whether it is short and printable, as a key, a tag or a group has to be; the empty text is both. */
    public static boolean isShortAndPrintable(String text) {
        if (text.length() > LONGEST_NAME) {
            return false;
        }
        // No stream: every quote's symbol comes here.
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** What is said of a text that names something, and is blank, too long or not printable. */
    public static String invalidName(String field, String text) {
        return "Invalid " + field + ": '" + shortened(text) + "', expected 1 to " + LONGEST_NAME
                + " printable characters";
    }

    /** As much of it as a message shows. */
    public static String shortened(String text) {
        return shortened(text, SHOWN);
    }

    /** The beginning of a text that is longer than {@code most}, without half of a character of two. */
    public static String shortened(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "...";
    }

    /** What stands for a text: itself, or if it is too long for a name its beginning and a UUID made of all of it. */
    public static String distinct(String text) {
        return text.length() <= LONGEST_NAME
                ? text
                : shortened(text) + UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
