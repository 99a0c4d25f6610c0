package candlestack.flux.syntax;

import candlestack.flux.Position;
import candlestack.flux.syntax.SourceFile.Import;
import candlestack.flux.syntax.Statement.Assignment;
import candlestack.flux.syntax.Statement.Builtin;
import candlestack.flux.syntax.Statement.ExpressionStatement;
import candlestack.flux.syntax.Statement.OptionAssignment;
import candlestack.flux.syntax.Statement.Return;
import candlestack.flux.syntax.Statement.Testcase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Recursive descent over statements; expressions are {@link ExpressionParser}'s. */
public final class Parser {
    private final Cursor cursor;
    private final ExpressionParser expressions;

    private Parser(String source) {
        this.cursor = new Cursor(source);
        this.expressions = new ExpressionParser(cursor, this::block);
    }

    /**
     * Parses a file.
     *
     * @throws candlestack.flux.FluxException of kind SYNTAX, with the position
     */
    public static SourceFile parse(String source) {
        return new Parser(source).file();
    }

    private SourceFile file() {
        attributes();
        String name = "main";
        if (cursor.takeIf("package")) {
            name = cursor.identifier();
            attributes();
        }
        List<Import> imports = new ArrayList<>();
        while (cursor.at("import")) {
            imports.add(importDeclaration());
            attributes();
        }
        List<Statement> statements = new ArrayList<>();
        while (cursor.peek().kind() != Token.Kind.END) {
            statements.add(statement());
            attributes();
        }
        return new SourceFile(name, List.copyOf(imports), List.copyOf(statements));
    }

    private Import importDeclaration() {
        Position position = cursor.position();
        cursor.expect("import");
        Optional<String> alias =
                cursor.peek().kind() == Token.Kind.IDENTIFIER ? Optional.of(cursor.identifier()) : Optional.empty();
        String path = expressions.plainString();
        return new Import(position, alias.orElse(path.substring(path.lastIndexOf('/') + 1)), path);
    }

    private void attributes() {
        while (cursor.takeIf("@")) {
            cursor.identifier();
            if (cursor.takeIf("(")) {
                while (!cursor.takeIf(")")) {
                    expressions.expression();
                    if (!cursor.at(")")) {
                        cursor.expect(",");
                    }
                }
            }
        }
    }

    private List<Statement> block() {
        cursor.expect("{");
        cursor.enter();
        List<Statement> statements = new ArrayList<>();
        attributes();
        while (!cursor.at("}")) {
            statements.add(statement());
            attributes();
        }
        cursor.leave();
        cursor.expect("}");
        return List.copyOf(statements);
    }

    private Statement statement() {
        Position position = cursor.position();
        Token token = cursor.peek();
        if (token.kind() == Token.Kind.KEYWORD) {
            return keyword(position, token);
        }
        if (token.kind() == Token.Kind.IDENTIFIER && cursor.second().is("=")) {
            String name = cursor.identifier();
            cursor.take();
            return new Assignment(position, name, expressions.expression());
        }
        return new ExpressionStatement(position, expressions.expression());
    }

    private Statement keyword(Position position, Token token) {
        return switch (token.text()) {
            case "option" -> option(position);
            case "return" -> {
                cursor.take();
                yield new Return(position, expressions.expression());
            }
            case "builtin" -> builtin(position);
            case "testcase" -> testcase(position);
            default -> new ExpressionStatement(position, expressions.expression());
        };
    }

    private Statement option(Position position) {
        cursor.take();
        String name = cursor.identifier();
        Optional<String> owner = Optional.empty();
        if (cursor.takeIf(".")) {
            owner = Optional.of(name);
            name = cursor.identifier();
        }
        cursor.expect("=");
        return new OptionAssignment(position, owner, name, expressions.expression());
    }

    private Statement builtin(Position position) {
        cursor.take();
        String name = cursor.identifier();
        cursor.expect(":");
        new TypeParser(cursor, expressions).typeExpression();
        return new Builtin(position, name);
    }

    private Statement testcase(Position position) {
        cursor.take();
        String name = cursor.identifier();
        Optional<String> parent = Optional.empty();
        if (cursor.peek().kind() == Token.Kind.IDENTIFIER
                && cursor.peek().text().equals("extends")) {
            cursor.take();
            parent = Optional.of(expressions.plainString());
        }
        return new Testcase(position, name, parent, block());
    }
}
