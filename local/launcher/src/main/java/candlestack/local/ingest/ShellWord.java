package candlestack.local.ingest;

/** Text that is printed for people to paste into a shell. */
public final class ShellWord {
    private ShellWord() {}

    /** As one word, whatever is in it. */
    public static String quoted(String text) {
        return text.matches("[A-Za-z0-9/._:=+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
