package candlestack.influxdb.http;

import static candlestack.flux.storage.Series.FIELD;

import candlestack.influxdb.store.DeleteCondition;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parses a delete's predicate: comparisons of tags with {@code =} and {@code !=}, joined by {@code AND}, in any number
 * of parentheses.
 */
final class DeletePredicate {
    private static final int DEEPEST = 100;

    private final String text;
    private int position;
    private int depth;
    private final Map<String, String> equal = new LinkedHashMap<>();
    private final List<Map.Entry<String, String>> unequal = new ArrayList<>();

    private DeletePredicate(String text) {
        this.text = text;
    }

    static DeleteCondition parse(String text) {
        if (text.isBlank()) {
            return DeleteCondition.ALL;
        }
        DeletePredicate predicate = new DeletePredicate(text);
        predicate.conjunction();
        predicate.skipSpace();
        if (predicate.position < text.length()) {
            throw predicate.bad(text.charAt(predicate.position) == ')' ? "extra ) seen" : "bad logical expression");
        }
        return new DeleteCondition(predicate.equal, predicate.unequal);
    }

    private void conjunction() {
        term();
        while (keyword("AND")) {
            term();
        }
        int at = position;
        if (keyword("OR")) {
            position = at;
            throw bad("the logical operator OR is not supported yet");
        }
    }

    private void term() {
        skipSpace();
        if (take('(')) {
            if (++depth > DEEPEST) {
                throw bad("too many parentheses");
            }
            conjunction();
            depth--;
            skipSpace();
            if (!take(')')) {
                throw bad("extra ( seen");
            }
            return;
        }
        String key = operand();
        if (key.equals(FIELD)) {
            throw new ApiException(ErrorCode.NOT_IMPLEMENTED, "delete by field is not supported");
        }
        skipSpace();
        if (take('=')) {
            if (peek() == '~') {
                throw bad("operator: \"=~\" is not supported yet");
            }
            addEqual(key, operand());
        } else if (take('!')) {
            if (!take('=')) {
                throw bad("operator: \"!~\" is not supported yet");
            }
            unequal.add(new SimpleImmutableEntry<>(key, operand()));
        } else {
            throw bad("invalid operator");
        }
    }

    private void addEqual(String key, String value) {
        String before = equal.putIfAbsent(key, value);
        if (before != null && !before.equals(value)) {
            throw bad("the tag " + key + " cannot have two values");
        }
    }

    /** A name, a quoted name, a quoted text or a number. */
    private String operand() {
        skipSpace();
        char quote = peek();
        if (quote == '"' || quote == '\'') {
            return quoted(quote);
        }
        int start = position;
        while (position < text.length() && isBare(text.charAt(position))) {
            position++;
        }
        if (position == start) {
            throw bad("bad tag key or value");
        }
        return text.substring(start, position);
    }

    private String quoted(char quote) {
        StringBuilder value = new StringBuilder();
        for (position++; position < text.length(); position++) {
            char next = text.charAt(position);
            if (next == quote) {
                position++;
                return value.toString();
            }
            if (next == '\\' && position + 1 < text.length()) {
                next = text.charAt(++position);
                next = next == 'n' ? '\n' : next;
            }
            value.append(next);
        }
        throw bad("a quote is not closed");
    }

    private boolean keyword(String word) {
        skipSpace();
        int end = position + word.length();
        boolean matches = text.regionMatches(true, position, word, 0, word.length())
                && (end == text.length() || !isBare(text.charAt(end)));
        position = matches ? end : position;
        return matches;
    }

    private boolean take(char wanted) {
        boolean there = peek() == wanted;
        position += there ? 1 : 0;
        return there;
    }

    private char peek() {
        return position < text.length() ? text.charAt(position) : 0;
    }

    private void skipSpace() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private static boolean isBare(char next) {
        return Character.isLetterOrDigit(next) || next == '_' || next == '.' || next == '-';
    }

    private ApiException bad(String what) {
        return new ApiException(
                ErrorCode.INVALID, "invalid request; error parsing predicate: " + what + " at position " + position);
    }
}
