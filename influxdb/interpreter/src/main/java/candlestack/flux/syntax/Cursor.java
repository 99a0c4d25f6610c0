package candlestack.flux.syntax;

import candlestack.flux.FluxException;
import candlestack.flux.Position;

/** Where a parser is in the text, with one token of foresight. */
final class Cursor {
    private static final int MAX_DEPTH = 150;

    private final Lexer lexer;
    private Token token;
    private int depth;

    Cursor(String source) {
        this.lexer = new Lexer(source);
        this.token = lexer.at(0);
    }

    Lexer lexer() {
        return lexer;
    }

    Token peek() {
        return token;
    }

    /** The token after the next. */
    Token second() {
        return lexer.at(token.end());
    }

    Token take() {
        Token taken = token;
        token = lexer.at(taken.end());
        return taken;
    }

    boolean at(String symbol) {
        return token.is(symbol);
    }

    boolean takeIf(String symbol) {
        if (token.is(symbol)) {
            take();
            return true;
        }
        return false;
    }

    Token expect(String symbol) {
        if (!token.is(symbol)) {
            throw unexpected("'" + symbol + "'");
        }
        return take();
    }

    String identifier() {
        if (token.kind() != Token.Kind.IDENTIFIER) {
            throw unexpected("a name");
        }
        return take().text();
    }

    /** Goes on at an offset. */
    void jump(int offset) {
        token = lexer.at(offset);
    }

    Position position() {
        return lexer.position(token.start());
    }

    FluxException unexpected(String expected) {
        return lexer.error(token.start(), "unexpected " + token.describe() + ", expected " + expected);
    }

    void enter() {
        if (++depth > MAX_DEPTH) {
            throw lexer.error(token.start(), "nested more than " + MAX_DEPTH + " levels deep");
        }
    }

    void leave() {
        depth--;
    }
}
