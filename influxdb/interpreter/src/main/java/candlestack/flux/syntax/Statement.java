package candlestack.flux.syntax;

import candlestack.flux.Position;
import java.util.List;
import java.util.Optional;

/** What is done in order. */
public sealed interface Statement {
    Position position();

    /** {@code name = value} */
    record Assignment(Position position, String name, Expression value) implements Statement {}

    /** {@code option name = value}, {@code option package.name = value} */
    record OptionAssignment(Position position, Optional<String> packageName, String name, Expression value)
            implements Statement {}

    /** {@code return value} */
    record Return(Position position, Expression value) implements Statement {}

    /** An expression, for its effect. */
    record ExpressionStatement(Position position, Expression expression) implements Statement {}

    /** {@code builtin name : type}; the type is checked for form only. */
    record Builtin(Position position, String name) implements Statement {}

    /** {@code testcase name extends "parent" { .. }} */
    record Testcase(Position position, String name, Optional<String> parent, List<Statement> body)
            implements Statement {}
}
