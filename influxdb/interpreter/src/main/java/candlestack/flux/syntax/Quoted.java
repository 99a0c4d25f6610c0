package candlestack.flux.syntax;

import candlestack.flux.FluxException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Cuts what has rules of its own inside quotes: the pieces of strings, and regular expressions. */
final class Quoted {
    private final Lexer lexer;
    private final String source;

    Quoted(Lexer lexer) {
        this.lexer = lexer;
        this.source = lexer.source();
    }

    /**
     * A piece of a string.
     *
     * @param text with escapes replaced
     * @param end the offset after the piece and its end
     * @param expression whether the piece ends with <code>${</code> rather than the closing quote
     */
    record Piece(String text, int end, boolean expression) {}

    /** The piece that starts at an offset, to the closing quote or the next <code>${</code>. */
    Piece piece(int offset) {
        StringBuilder text = new StringBuilder();
        int i = offset;
        while (i < source.length()) {
            char c = source.charAt(i);
            if (c == '"') {
                return new Piece(text.toString(), i + 1, false);
            }
            if (c == '$' && source.startsWith("${", i)) {
                return new Piece(text.toString(), i + 2, true);
            }
            if (c == '\\') {
                i = escape(i, text);
            } else {
                text.append(c);
                i++;
            }
        }
        throw lexer.error(offset, "the string that starts here has no closing quote");
    }

    private int escape(int offset, StringBuilder text) {
        if (source.startsWith("\\${", offset)) {
            text.append("${");
            return offset + 3;
        }
        char kind = offset + 1 < source.length() ? source.charAt(offset + 1) : ' ';
        switch (kind) {
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case '"' -> text.append('"');
            case '\\' -> text.append('\\');
            case '$' -> text.append('$');
            case 'x' -> {
                return bytes(offset, text);
            }
            default -> throw lexer.error(offset, "unknown escape '\\" + kind + "' in a string");
        }
        return offset + 2;
    }

    /** A run of hexadecimal escapes, which together are UTF-8. */
    private int bytes(int offset, StringBuilder text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int i = offset;
        while (source.startsWith("\\x", i)) {
            int high = i + 2 < source.length() ? Character.digit(source.charAt(i + 2), 16) : -1;
            int low = i + 3 < source.length() ? Character.digit(source.charAt(i + 3), 16) : -1;
            if (high < 0 || low < 0) {
                throw lexer.error(i, "expected two hexadecimal digits after '\\x'");
            }
            bytes.write(high * 16 + low);
            i += 4;
        }
        try {
            text.append(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())));
        } catch (CharacterCodingException e) {
            throw lexer.error(offset, "the escaped bytes are not UTF-8");
        }
        return i;
    }

    /** The end of the regular expression that starts after the slash at an offset: the closing slash's offset. */
    int regexEnd(int slash) {
        for (int i = slash + 1; i < source.length() && source.charAt(i) != '\n'; i++) {
            char c = source.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '/') {
                return i;
            }
        }
        throw lexer.error(slash, "the regular expression that starts here has no closing slash");
    }

    /** The pattern between two slashes, with {@code \/} and byte escapes replaced. */
    com.google.re2j.Pattern regex(int slash, int end) {
        String text = source.substring(slash + 1, end);
        StringBuilder pattern = new StringBuilder();
        int i = slash + 1;
        while (i < end) {
            if (source.startsWith("\\/", i)) {
                pattern.append('/');
                i += 2;
            } else if (source.startsWith("\\x", i) && !source.startsWith("\\x{", i)) {
                i = bytes(i, pattern);
            } else if (source.charAt(i) == '\\') {
                pattern.append(source, i, Math.min(i + 2, end));
                i += 2;
            } else {
                pattern.append(source.charAt(i++));
            }
        }
        try {
            return com.google.re2j.Pattern.compile(pattern.toString());
        } catch (com.google.re2j.PatternSyntaxException e) {
            throw new FluxException(
                    FluxException.Kind.SYNTAX,
                    lexer.position(slash),
                    "invalid regular expression /" + text + "/: " + e.getMessage());
        }
    }
}
