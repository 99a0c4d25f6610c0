package candlestack.flux.syntax;

import candlestack.flux.Position;
import candlestack.flux.syntax.Expression.ArrayLiteral;
import candlestack.flux.syntax.Expression.Association;
import candlestack.flux.syntax.Expression.Block;
import candlestack.flux.syntax.Expression.Call;
import candlestack.flux.syntax.Expression.DictLiteral;
import candlestack.flux.syntax.Expression.Function;
import candlestack.flux.syntax.Expression.Identifier;
import candlestack.flux.syntax.Expression.Literal;
import candlestack.flux.syntax.Expression.Parameter;
import candlestack.flux.syntax.Expression.Property;
import candlestack.flux.syntax.Expression.RecordLiteral;
import candlestack.flux.syntax.Expression.Template;
import candlestack.flux.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Operands: names, literals, parentheses, functions, and the arguments of calls. */
final class PrimaryParser {
    private final Cursor cursor;
    private final ExpressionParser expressions;
    private final Supplier<List<Statement>> block;
    private final Quoted quoted;

    PrimaryParser(Cursor cursor, ExpressionParser expressions, Supplier<List<Statement>> block) {
        this.cursor = cursor;
        this.expressions = expressions;
        this.block = block;
        this.quoted = new Quoted(cursor.lexer());
    }

    Expression primary() {
        Position position = cursor.position();
        Token token = cursor.peek();
        return switch (token.kind()) {
            case IDENTIFIER -> new Identifier(position, cursor.take().text());
            case INTEGER, FLOAT, DURATION, TIME -> {
                cursor.take();
                yield new Literal(position, Literals.parse(token, cursor.lexer()));
            }
            case SYMBOL -> symbol(position, token);
            default -> throw cursor.unexpected("an expression");
        };
    }

    private Expression symbol(Position position, Token token) {
        return switch (token.text()) {
            case "\"" -> string(position);
            case "/" -> regex(position, token);
            case "[" -> array(position);
            case "{" -> record(position);
            case "(" -> parenthesis(position);
            case "." -> label(position);
            default -> throw cursor.unexpected("an expression");
        };
    }

    Expression string(Position position) {
        List<Expression> parts = new ArrayList<>();
        Quoted.Piece piece = quoted.piece(cursor.peek().end());
        while (piece.expression()) {
            parts.add(new Literal(position, piece.text()));
            cursor.jump(piece.end());
            parts.add(expressions.expression());
            if (!cursor.at("}")) {
                throw cursor.unexpected("'}'");
            }
            piece = quoted.piece(cursor.peek().end());
        }
        cursor.jump(piece.end());
        Literal last = new Literal(position, piece.text());
        if (parts.isEmpty()) {
            return last;
        }
        parts.add(last);
        return new Template(position, List.copyOf(parts));
    }

    private Expression regex(Position position, Token slash) {
        int end = quoted.regexEnd(slash.start());
        cursor.jump(end + 1);
        return new Literal(position, quoted.regex(slash.start(), end));
    }

    private Expression label(Position position) {
        cursor.take();
        return new Literal(position, cursor.at("\"") ? expressions.plainString() : cursor.identifier());
    }

    private Expression array(Position position) {
        cursor.expect("[");
        if (cursor.takeIf(":")) {
            cursor.expect("]");
            return new DictLiteral(position, List.of());
        }
        List<Expression> elements = new ArrayList<>();
        List<Association> entries = new ArrayList<>();
        while (!cursor.takeIf("]")) {
            Expression element = expressions.expression();
            if (elements.isEmpty() && cursor.at(":")) {
                cursor.take();
                entries.add(new Association(element, expressions.expression()));
            } else if (entries.isEmpty()) {
                elements.add(element);
            } else {
                throw cursor.unexpected("':'");
            }
            if (!cursor.at("]")) {
                cursor.expect(",");
            }
        }
        return entries.isEmpty()
                ? new ArrayLiteral(position, List.copyOf(elements))
                : new DictLiteral(position, List.copyOf(entries));
    }

    private Expression record(Position position) {
        cursor.expect("{");
        Optional<Expression> base = Optional.empty();
        if (cursor.peek().kind() == Kind.IDENTIFIER
                && "with".equals(cursor.second().text())) {
            base = Optional.of(new Identifier(cursor.position(), cursor.identifier()));
            cursor.take();
        }
        return new RecordLiteral(position, base, properties("}"));
    }

    Expression call(Position position, Expression function) {
        return new Call(position, function, properties(")"));
    }

    private List<Property> properties(String end) {
        List<Property> properties = new ArrayList<>();
        while (!cursor.takeIf(end)) {
            Position position = cursor.position();
            boolean string = cursor.at("\"");
            String name = string ? expressions.plainString() : cursor.identifier();
            Expression value = new Identifier(position, name);
            if (string || cursor.at(":")) {
                cursor.expect(":");
                value = expressions.expression();
            }
            properties.add(new Property(position, name, value));
            if (!cursor.at(end)) {
                cursor.expect(",");
            }
        }
        return List.copyOf(properties);
    }

    private Expression parenthesis(Position position) {
        Token open = cursor.expect("(");
        if (startsFunction()) {
            cursor.jump(open.end());
            return function(position);
        }
        cursor.jump(open.end());
        Expression inner = expressions.expression();
        cursor.expect(")");
        return inner;
    }

    /** Whether what follows an open parenthesis are a function's parameters. */
    private boolean startsFunction() {
        if (cursor.takeIf(")")) {
            return true;
        }
        if (cursor.peek().kind() != Kind.IDENTIFIER) {
            return false;
        }
        cursor.take();
        if (cursor.at(",") || cursor.at("=")) {
            return true;
        }
        return cursor.takeIf(")") && cursor.at("=>");
    }

    private Expression function(Position position) {
        List<Parameter> parameters = new ArrayList<>();
        while (!cursor.takeIf(")")) {
            Position start = cursor.position();
            String name = cursor.identifier();
            Optional<Expression> value = Optional.empty();
            boolean piped = false;
            if (cursor.takeIf("=")) {
                piped = cursor.takeIf("<-");
                value = piped ? Optional.empty() : Optional.of(expressions.expression());
            }
            parameters.add(new Parameter(start, name, value, piped));
            if (!cursor.at(")")) {
                cursor.expect(",");
            }
        }
        cursor.expect("=>");
        return new Function(position, List.copyOf(parameters), new Block(body()));
    }

    private List<Statement> body() {
        if (cursor.at("{")) {
            return block.get();
        }
        Position position = cursor.position();
        return List.of(new Statement.Return(position, expressions.expression()));
    }
}
