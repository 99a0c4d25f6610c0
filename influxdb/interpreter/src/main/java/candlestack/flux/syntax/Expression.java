package candlestack.flux.syntax;

import candlestack.flux.Position;
import java.util.List;
import java.util.Optional;

/** What has a value. */
public sealed interface Expression {
    Position position();

    /** A name, to be looked up. */
    record Identifier(Position position, String name) implements Expression {}

    /** Long, Double, String, Time, Span or re2j's Pattern. */
    record Literal(Position position, Object value) implements Expression {}

    /** A string with embedded expressions; the texts between them are string literals. */
    record Template(Position position, List<Expression> parts) implements Expression {}

    /** {@code [a, b]} */
    record ArrayLiteral(Position position, List<Expression> elements) implements Expression {}

    /** {@code [k: v]} */
    record DictLiteral(Position position, List<Association> entries) implements Expression {}

    /** {@code {base with a: 1}} */
    record RecordLiteral(Position position, Optional<Expression> base, List<Property> properties)
            implements Expression {}

    /** {@code (a, b=1, t=<-) => body} */
    record Function(Position position, List<Parameter> parameters, Block body) implements Expression {}

    /** {@code f(a: 1)} */
    record Call(Position position, Expression function, List<Property> arguments) implements Expression {}

    /** {@code x |> f()} */
    record Pipe(Position position, Expression input, Expression call) implements Expression {}

    /** {@code r.name} or {@code r["name"]} */
    record Member(Position position, Expression object, String name) implements Expression {}

    /** {@code a[i]} */
    record Index(Position position, Expression array, Expression index) implements Expression {}

    /** {@code -x}, {@code +x}, {@code not x}, {@code exists x} */
    record Unary(Position position, String operator, Expression operand) implements Expression {}

    /** Arithmetic and comparison. */
    record Binary(Position position, String operator, Expression left, Expression right) implements Expression {}

    /** {@code and}, {@code or} */
    record Logical(Position position, String operator, Expression left, Expression right) implements Expression {}

    /** {@code if test then a else b} */
    record Conditional(Position position, Expression test, Expression then, Expression otherwise)
            implements Expression {}

    /** A dictionary's entry. */
    record Association(Expression key, Expression value) {}

    /** A record's property, or an argument. */
    record Property(Position position, String name, Expression value) {}

    /** A function's parameter. */
    record Parameter(Position position, String name, Optional<Expression> value, boolean piped) {}

    /** A function's body; an expression body is a block of one return statement. */
    record Block(List<Statement> statements) {}
}
