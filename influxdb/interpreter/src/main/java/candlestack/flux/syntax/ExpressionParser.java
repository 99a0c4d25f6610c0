package candlestack.flux.syntax;

import candlestack.flux.Position;
import candlestack.flux.syntax.Expression.Binary;
import candlestack.flux.syntax.Expression.Conditional;
import candlestack.flux.syntax.Expression.Index;
import candlestack.flux.syntax.Expression.Literal;
import candlestack.flux.syntax.Expression.Logical;
import candlestack.flux.syntax.Expression.Member;
import candlestack.flux.syntax.Expression.Pipe;
import candlestack.flux.syntax.Expression.Unary;
import candlestack.flux.syntax.Token.Kind;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Operators and their precedence; operands are {@link PrimaryParser}'s. */
final class ExpressionParser {
    private static final Map<String, Integer> PRECEDENCE = Map.ofEntries(
            Map.entry("or", 1),
            Map.entry("and", 2),
            Map.entry("==", 4),
            Map.entry("!=", 4),
            Map.entry("<", 4),
            Map.entry("<=", 4),
            Map.entry(">", 4),
            Map.entry(">=", 4),
            Map.entry("=~", 4),
            Map.entry("!~", 4),
            Map.entry("+", 5),
            Map.entry("-", 5),
            Map.entry("*", 6),
            Map.entry("/", 6),
            Map.entry("%", 6),
            Map.entry("^", 7));
    private static final int UNARY_LOGICAL = 3;
    private static final int COMPARISON = 4;
    /** A chain of operators becomes a tree as deep as the chain is long. */
    private static final int MAX_CHAIN = 1000;

    private final Cursor cursor;
    private final PrimaryParser primaries;

    ExpressionParser(Cursor cursor, Supplier<List<Statement>> block) {
        this.cursor = cursor;
        this.primaries = new PrimaryParser(cursor, this, block);
    }

    Expression expression() {
        cursor.enter();
        Expression result = cursor.at("if") ? conditional() : operators(1);
        cursor.leave();
        return result;
    }

    /** A string without embedded expressions. */
    String plainString() {
        if (!cursor.at("\"")) {
            throw cursor.unexpected("a string");
        }
        Position position = cursor.position();
        if (primaries.string(position) instanceof Literal literal) {
            return (String) literal.value();
        }
        throw cursor.unexpected("a string without embedded expressions");
    }

    private Expression conditional() {
        Position position = cursor.position();
        cursor.expect("if");
        Expression test = expression();
        cursor.expect("then");
        Expression then = expression();
        cursor.expect("else");
        return new Conditional(position, test, then, expression());
    }

    private Expression operators(int minimum) {
        Expression left = unaryLogical(minimum);
        int length = 0;
        while (true) {
            Token token = cursor.peek();
            Integer precedence =
                    token.kind() == Kind.SYMBOL || token.kind() == Kind.KEYWORD ? PRECEDENCE.get(token.text()) : null;
            if (precedence == null || precedence < minimum) {
                return left;
            }
            if (++length > MAX_CHAIN) {
                throw cursor.lexer().error(token.start(), "more than " + MAX_CHAIN + " operators in a row");
            }
            Position position = cursor.position();
            cursor.take();
            Expression right = operators(precedence + 1);
            left = precedence < UNARY_LOGICAL
                    ? new Logical(position, token.text(), left, right)
                    : new Binary(position, token.text(), left, right);
        }
    }

    private Expression unaryLogical(int minimum) {
        if (minimum <= COMPARISON && (cursor.at("not") || cursor.at("exists"))) {
            cursor.enter();
            Position position = cursor.position();
            String operator = cursor.take().text();
            Expression operand = operators(UNARY_LOGICAL);
            cursor.leave();
            return new Unary(position, operator, operand);
        }
        return pipe();
    }

    private Expression pipe() {
        Expression result = unary();
        int length = 0;
        while (cursor.at("|>")) {
            if (++length > MAX_CHAIN) {
                throw cursor.lexer().error(cursor.peek().start(), "more than " + MAX_CHAIN + " pipes in a row");
            }
            Position position = cursor.position();
            cursor.take();
            result = new Pipe(position, result, unary());
        }
        return result;
    }

    private Expression unary() {
        if (cursor.at("-") || cursor.at("+")) {
            cursor.enter();
            Position position = cursor.position();
            String operator = cursor.take().text();
            Expression operand = unary();
            cursor.leave();
            return new Unary(position, operator, operand);
        }
        return postfix();
    }

    private Expression postfix() {
        Expression result = primaries.primary();
        int length = 0;
        while (true) {
            if (++length > MAX_CHAIN) {
                throw cursor.lexer().error(cursor.peek().start(), "more than " + MAX_CHAIN + " calls in a row");
            }
            Position position = cursor.position();
            if (cursor.takeIf("(")) {
                result = primaries.call(position, result);
            } else if (cursor.takeIf(".")) {
                result = new Member(position, result, memberName());
            } else if (cursor.takeIf("[")) {
                Expression index = expression();
                cursor.expect("]");
                result = index instanceof Literal literal && literal.value() instanceof String name
                        ? new Member(position, result, name)
                        : new Index(position, result, index);
            } else {
                return result;
            }
        }
    }

    private String memberName() {
        if (cursor.at("\"")) {
            return plainString();
        }
        return cursor.peek().kind() == Kind.KEYWORD ? cursor.take().text() : cursor.identifier();
    }
}
