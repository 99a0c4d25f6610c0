package candlestack.flux.syntax;

import candlestack.flux.FluxException;
import candlestack.flux.Position;
import candlestack.flux.syntax.Token.Kind;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts tokens from the text at any offset; strings and regular expressions are cut by {@link Quoted}. */
final class Lexer {
    private static final Set<String> KEYWORDS = Set.of(
            "and",
            "import",
            "option",
            "if",
            "or",
            "package",
            "builtin",
            "then",
            "not",
            "return",
            "testcase",
            "else",
            "exists");
    private static final List<String> SYMBOLS = List.of(
            "==", "!=", "!~", "=~", "=>", "<=", ">=", "<-", "|>", "+", "-", "*", "/", "%", "^", "<", ">", "=", "(", ")",
            "[", "]", "{", "}", ",", ":", ".", "?", "\"", "@", "$");
    private static final Pattern TIME = Pattern.compile(
            "\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}:\\d{2}(\\.\\d*)?(Z|[+-]\\d{2}:\\d{2}))?(?![\\p{L}_\\d])");
    private static final Pattern DURATION = Pattern.compile("(\\d+(y|mo|w|d|h|ms|m|s|us|µs|ns))+(?![\\p{L}_\\d])");
    private static final Pattern NUMBER = Pattern.compile("\\d+\\.\\d*|\\.\\d+|\\d+");

    private final String source;

    Lexer(String source) {
        this.source = source;
    }

    String source() {
        return source;
    }

    /** The first token at or after an offset. */
    Token at(int offset) {
        int start = skipBlanks(offset);
        if (start >= source.length()) {
            return new Token(Kind.END, "", source.length(), source.length());
        }
        char first = source.charAt(start);
        if (isLetter(source.codePointAt(start))) {
            return word(start);
        }
        boolean digitNext = start + 1 < source.length() && Character.isDigit(source.charAt(start + 1));
        if (isDigit(first) || first == '.' && digitNext) {
            return number(start);
        }
        for (String symbol : SYMBOLS) {
            if (source.startsWith(symbol, start)) {
                return new Token(Kind.SYMBOL, symbol, start, start + symbol.length());
            }
        }
        throw error(start, "unexpected character '" + Character.toString(source.codePointAt(start)) + "'");
    }

    FluxException error(int offset, String message) {
        return new FluxException(FluxException.Kind.SYNTAX, position(offset), message);
    }

    Position position(int offset) {
        int line = 1;
        int lineStart = 0;
        int end = Math.min(offset, source.length());
        for (int i = source.indexOf('\n'); i >= 0 && i < end; i = source.indexOf('\n', i + 1)) {
            line++;
            lineStart = i + 1;
        }
        return new Position(line, source.codePointCount(lineStart, end) + 1);
    }

    private int skipBlanks(int offset) {
        int i = offset;
        while (i < source.length()) {
            char c = source.charAt(i);
            if (c == '/' && source.startsWith("//", i)) {
                int newline = source.indexOf('\n', i);
                i = newline < 0 ? source.length() : newline;
            } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
                i++;
            } else {
                break;
            }
        }
        return i;
    }

    private Token word(int start) {
        int end = start;
        while (end < source.length()
                && (isLetter(source.codePointAt(end)) || Character.isDigit(source.codePointAt(end)))) {
            end += Character.charCount(source.codePointAt(end));
        }
        String text = source.substring(start, end);
        return new Token(KEYWORDS.contains(text) ? Kind.KEYWORD : Kind.IDENTIFIER, text, start, end);
    }

    private Token number(int start) {
        Matcher time = TIME.matcher(source).region(start, source.length()).useTransparentBounds(true);
        if (time.lookingAt()) {
            return new Token(Kind.TIME, time.group(), start, time.end());
        }
        Matcher duration =
                DURATION.matcher(source).region(start, source.length()).useTransparentBounds(true);
        if (duration.lookingAt()) {
            return new Token(Kind.DURATION, duration.group(), start, duration.end());
        }
        Matcher number = NUMBER.matcher(source).region(start, source.length());
        if (!number.lookingAt()) {
            throw error(start, "unexpected character '" + source.charAt(start) + "'");
        }
        String text = number.group();
        return new Token(text.indexOf('.') < 0 ? Kind.INTEGER : Kind.FLOAT, text, start, number.end());
    }

    private static boolean isLetter(int codePoint) {
        return codePoint == '_' || Character.isLetter(codePoint);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
