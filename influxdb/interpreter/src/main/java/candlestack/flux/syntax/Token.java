package candlestack.flux.syntax;

/**
 * A piece of the source.
 *
 * @param text as written
 * @param start the offset of its first character
 * @param end the offset after its last
 */
record Token(Kind kind, String text, int start, int end) {
    boolean is(String symbol) {
        return (kind == Kind.SYMBOL || kind == Kind.KEYWORD) && text.equals(symbol);
    }

    String describe() {
        return kind == Kind.END ? "the end of the text" : "'" + text + "'";
    }

    enum Kind {
        IDENTIFIER,
        KEYWORD,
        INTEGER,
        FLOAT,
        DURATION,
        TIME,
        /** An operator, a bracket, or the quote that opens a string. */
        SYMBOL,
        END
    }
}
