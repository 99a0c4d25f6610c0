package candlestack.analytics.compute.json;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks over one JSON object in UTF-8, strictly by RFC 8259, and hands out the values as slices of the input. Not safe
 * for use by several threads; made to be used again for record after record.
 *
 * <p>Written by hand because decoding is the largest cost of the pipeline, and a general parser takes twice as long.
 *
 * <pre>{@code
 * scanner.open(bytes);
 * while (scanner.nextField()) {
 *     if (scanner.nameIs(PRICE)) { double price = scanner.number("price"); } else { scanner.skip(); }
 * }
 * }</pre>
 *
 * Every method throws {@link JsonException} where the input is not what the method reads.
 */
public final class JsonScanner {
    private static final int MAXIMUM_DEPTH = 64;

    private byte[] input = new byte[0];
    private int position;
    private int nameStart;
    private int nameEnd;
    private boolean first;
    /** Objects and arrays that were entered. */
    private int depth;

    /** What a value is. */
    public enum Kind {
        OBJECT,
        ARRAY,
        TEXT,
        NUMBER,
        FLAG,
        NULL,
        /** No value stands here. */
        NONE
    }

    /** Starts at the opening brace of {@code json}, which is not copied. */
    public void open(byte[] json) {
        input = requireNonNull(json, "json is null");
        position = 0;
        first = true;
        depth = 0;
        if (current() != '{') {
            throw failure("expected '{'");
        }
        position++;
    }

    /**
     * Moves to the value of the next field; false at the end of the object. After the outermost nothing may follow; after
     * one that was entered the outer one goes on.
     */
    public boolean nextField() {
        int next = current();
        if (next == '}') {
            leave();
            return false;
        }
        if (!first) {
            expect(',', next);
            next = current();
        }
        first = false;
        if (next != '"') {
            throw failure("expected a field name");
        }
        position++;
        nameStart = position;
        skipString();
        nameEnd = position - 1;
        expect(':', current());
        current();
        return true;
    }

    /** Goes into the object that is the value: its fields come next. */
    public void enterObject(String field) {
        enter('{', field, "an object");
    }

    /** Goes into the array that is the value: {@link #nextElement} walks over it. */
    public void enterArray(String field) {
        enter('[', field, "an array");
    }

    /** Moves to the next value of the array; false at its end, after which what it is in goes on. */
    public boolean nextElement() {
        int next = current();
        if (next == ']') {
            leave();
            return false;
        }
        if (!first) {
            expect(',', next);
            current();
        }
        first = false;
        return true;
    }

    private void enter(char brace, String field, String expected) {
        if (current() != brace) {
            throw new JsonException("Invalid " + field + ": " + describeValue() + ", expected " + expected);
        }
        position++;
        first = true;
        if (++depth > MAXIMUM_DEPTH) {
            throw failure("nested deeper than " + MAXIMUM_DEPTH + " levels");
        }
    }

    private void leave() {
        position++;
        if (depth == 0) {
            expectEnd();
        } else {
            depth--;
            first = false;
        }
    }

    /** What the value is, by its first character. */
    public Kind kind() {
        int next = current();
        return switch (next) {
            case '{' -> Kind.OBJECT;
            case '[' -> Kind.ARRAY;
            case '"' -> Kind.TEXT;
            case 't', 'f' -> Kind.FLAG;
            case 'n' -> Kind.NULL;
            default -> next == '-' || isDigit(next) ? Kind.NUMBER : Kind.NONE;
        };
    }

    /** The name of the field. */
    public String name() {
        for (int i = nameStart; i < nameEnd; i++) {
            if (input[i] == '\\') {
                return JsonStrings.unescape(input, nameStart, nameEnd);
            }
        }
        return plain(nameStart, nameEnd);
    }

    /** Passes over the value and gives it as it is written. */
    public byte[] raw() {
        current();
        int start = position;
        skip();
        return Arrays.copyOfRange(input, start, position);
    }

    /** Whether the field has this name; names written with escapes are not recognised. */
    public boolean nameIs(byte[] name) {
        int length = nameEnd - nameStart;
        if (length != name.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (input[nameStart + i] != name[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the value is {@code null}; if so it has been read. */
    public boolean readNull() {
        if (current() != 'n') {
            return false;
        }
        literal("null");
        return true;
    }

    /** The value as text. */
    public String text(String field) {
        if (current() != '"') {
            throw new JsonException("Invalid " + field + ": " + describeValue() + ", expected a string");
        }
        position++;
        int start = position;
        boolean escaped = skipString();
        int end = position - 1;
        return escaped ? JsonStrings.unescape(input, start, end) : plain(start, end);
    }

    /** The value as a finite number. */
    public double number(String field) {
        int next = current();
        if (next != '-' && !isDigit(next)) {
            throw new JsonException("Invalid " + field + ": " + describeValue() + ", expected a number");
        }
        int start = position;
        skipNumber();
        double value = Decimals.parse(input, start, position);
        if (!Double.isFinite(value)) {
            throw new JsonException("Invalid " + field + ": " + slice(start, position) + ", too large for a number");
        }
        return value;
    }

    /** Passes over the value, whatever it is. */
    public void skip() {
        skipValue(0);
    }

    private void skipValue(int depth) {
        if (depth > MAXIMUM_DEPTH) {
            throw failure("nested deeper than " + MAXIMUM_DEPTH + " levels");
        }
        int next = current();
        switch (next) {
            case '"' -> {
                position++;
                skipString();
            }
            case '{' -> skipObject(depth);
            case '[' -> skipArray(depth);
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> {
                if (next != '-' && !isDigit(next)) {
                    throw failure("expected a value");
                }
                skipNumber();
            }
        }
    }

    private void skipObject(int depth) {
        position++;
        if (current() == '}') {
            position++;
            return;
        }
        while (true) {
            expect('"', current());
            skipString();
            expect(':', current());
            skipValue(depth + 1);
            int next = current();
            if (next == '}') {
                position++;
                return;
            }
            expect(',', next);
        }
    }

    private void skipArray(int depth) {
        position++;
        if (current() == ']') {
            position++;
            return;
        }
        while (true) {
            skipValue(depth + 1);
            int next = current();
            if (next == ']') {
                position++;
                return;
            }
            expect(',', next);
        }
    }

    /** From after the opening quote to after the closing one; true if there was an escape in between. */
    private boolean skipString() {
        boolean escaped = false;
        while (position < input.length) {
            byte next = input[position++];
            if (next == '"') {
                return escaped;
            }
            if (next == '\\') {
                escaped = true;
                skipEscape();
            } else if (next >= 0 && next < ' ') {
                position--;
                throw failure("a control character inside a string");
            }
        }
        throw failure("a string without an end");
    }

    private void skipEscape() {
        int length = position < input.length ? JsonStrings.escapeLength(input, position) : 0;
        if (length == 0) {
            throw failure("an unknown escape");
        }
        position += length;
    }

    private void skipNumber() {
        if (input[position] == '-') {
            position++;
        }
        int whole = skipDigits();
        if (whole > 1 && input[position - whole] == '0') {
            throw failure("a number with a leading zero");
        }
        if (peek() == '.') {
            position++;
            skipDigits();
        }
        if (peek() == 'e' || peek() == 'E') {
            position++;
            if (peek() == '+' || peek() == '-') {
                position++;
            }
            skipDigits();
        }
    }

    private int skipDigits() {
        int start = position;
        while (isDigit(peek())) {
            position++;
        }
        if (position == start) {
            throw failure("expected a digit");
        }
        return position - start;
    }

    private void literal(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (peek() != word.charAt(i)) {
                throw failure("expected a value");
            }
            position++;
        }
    }

    private void expectEnd() {
        if (current() != -1) {
            throw failure("something after the end of the object");
        }
    }

    private void expect(char wanted, int found) {
        if (found != wanted) {
            throw failure("expected '" + wanted + "'");
        }
        position++;
    }

    /** The next byte that is no white space, not yet read; -1 at the end. */
    private int current() {
        while (position < input.length) {
            byte next = input[position];
            if (next != ' ' && next != '\n' && next != '\t' && next != '\r') {
                return next;
            }
            position++;
        }
        return -1;
    }

    private int peek() {
        return position < input.length ? input[position] : -1;
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    private String plain(int start, int end) {
        for (int i = start; i < end; i++) {
            if (input[i] < 0) {
                return utf8(start, end);
            }
        }
        return new String(input, start, end - start, StandardCharsets.ISO_8859_1);
    }

    private String utf8(int start, int end) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(input, start, end - start))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new JsonException("Cannot read JSON: the text at byte " + start + " is not UTF-8");
        }
    }

    /** What stands here instead of what was wanted, short enough for a message. */
    private String describeValue() {
        int end = position;
        while (end < input.length && end - position < 40 && input[end] != ',' && input[end] != '}') {
            end++;
        }
        return end == position ? "nothing" : slice(position, end).strip();
    }

    private String slice(int start, int end) {
        return new String(input, start, Math.min(end - start, 40), StandardCharsets.UTF_8);
    }

    private JsonException failure(String problem) {
        return new JsonException("Cannot read JSON: " + problem + " at byte " + position);
    }
}
