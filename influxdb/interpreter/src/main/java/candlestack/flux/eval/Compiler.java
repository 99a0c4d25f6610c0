package candlestack.flux.eval;

import candlestack.flux.FluxException;
import candlestack.flux.Position;
import candlestack.flux.syntax.Expression;
import candlestack.flux.syntax.Expression.ArrayLiteral;
import candlestack.flux.syntax.Expression.Association;
import candlestack.flux.syntax.Expression.Binary;
import candlestack.flux.syntax.Expression.Call;
import candlestack.flux.syntax.Expression.Conditional;
import candlestack.flux.syntax.Expression.DictLiteral;
import candlestack.flux.syntax.Expression.Function;
import candlestack.flux.syntax.Expression.Identifier;
import candlestack.flux.syntax.Expression.Index;
import candlestack.flux.syntax.Expression.Literal;
import candlestack.flux.syntax.Expression.Logical;
import candlestack.flux.syntax.Expression.Member;
import candlestack.flux.syntax.Expression.Pipe;
import candlestack.flux.syntax.Expression.Property;
import candlestack.flux.syntax.Expression.RecordLiteral;
import candlestack.flux.syntax.Expression.Template;
import candlestack.flux.syntax.Expression.Unary;
import candlestack.flux.syntax.Statement;
import candlestack.flux.table.DataType;
import candlestack.flux.value.DictValue;
import candlestack.flux.value.FunctionValue;
import candlestack.flux.value.Null;
import candlestack.flux.value.RecordValue;
import candlestack.flux.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes syntax ready to run: each node becomes a piece of code that holds the pieces of its parts. */
final class Compiler {
    private final int[] depth;

    private Compiler(int[] depth) {
        this.depth = depth;
    }

    /** @param depth counts the function calls under way, for all code of one query */
    static Compiler forReading(int[] depth) {
        return new Compiler(depth);
    }

    Code compile(Expression expression) {
        if (expression instanceof Literal literal) {
            return scope -> literal.value();
        }
        if (expression instanceof Identifier identifier) {
            return identifier(identifier);
        }
        if (expression instanceof Member member) {
            return member(member);
        }
        if (expression instanceof Binary binary) {
            return binary(binary);
        }
        if (expression instanceof Logical logical) {
            return logical(logical);
        }
        if (expression instanceof Unary unary) {
            return unary(unary);
        }
        if (expression instanceof Call call) {
            return call(call, Optional.empty());
        }
        if (expression instanceof Pipe pipe) {
            return pipe(pipe);
        }
        if (expression instanceof Conditional conditional) {
            return conditional(conditional);
        }
        if (expression instanceof Function function) {
            return function(function);
        }
        if (expression instanceof RecordLiteral literal) {
            return recordLiteral(literal);
        }
        if (expression instanceof ArrayLiteral literal) {
            return array(literal);
        }
        if (expression instanceof Index index) {
            return index(index);
        }
        if (expression instanceof Template template) {
            return template(template);
        }
        return dictionary((DictLiteral) expression);
    }

    private static Code identifier(Identifier identifier) {
        return scope -> {
            Object value = scope.find(identifier.name());
            if (value == null) {
                throw FluxException.invalid(identifier.position(), "undefined identifier '" + identifier.name() + "'");
            }
            return value;
        };
    }

    private Code member(Member member) {
        Code object = compile(member.object());
        String name = member.name();
        return scope -> {
            Object value = object.run(scope);
            if (value instanceof RecordValue record) {
                try {
                    return record.get(name);
                } catch (FluxException e) {
                    throw e.at(member.position());
                }
            }
            if (value instanceof Null) {
                return Null.UNKNOWN;
            }
            throw FluxException.invalid(
                    member.position(), "cannot read property '" + name + "' of " + Values.typeName(value));
        };
    }

    private Code binary(Binary binary) {
        Code left = compile(binary.left());
        Code right = compile(binary.right());
        String operator = binary.operator();
        return scope -> {
            Object a = left.run(scope);
            Object b = right.run(scope);
            try {
                return Operators.binary(operator, a, b);
            } catch (FluxException e) {
                throw e.at(binary.position());
            }
        };
    }

    private Code logical(Logical logical) {
        Code left = compile(logical.left());
        Code right = compile(logical.right());
        boolean decisive = logical.operator().equals("or");
        return scope -> {
            Object a = truth(left.run(scope), logical.left().position());
            if (a instanceof Boolean known && known == decisive) {
                return decisive;
            }
            Object b = truth(right.run(scope), logical.right().position());
            if (b instanceof Boolean known && known == decisive) {
                return decisive;
            }
            return a instanceof Null ? a : b;
        };
    }

    private static Object truth(Object value, Position position) {
        if (value instanceof Boolean) {
            return value;
        }
        if (value instanceof Null) {
            return Null.of(DataType.BOOLEAN);
        }
        throw FluxException.invalid(position, "expected bool, got " + Values.typeName(value));
    }

    private Code unary(Unary unary) {
        Code operand = compile(unary.operand());
        return scope -> {
            Object value = operand.run(scope);
            try {
                return Operators.unary(unary.operator(), value);
            } catch (FluxException e) {
                throw e.at(unary.position());
            }
        };
    }

    private Code conditional(Conditional conditional) {
        Code test = compile(conditional.test());
        Code then = compile(conditional.then());
        Code otherwise = compile(conditional.otherwise());
        return scope -> {
            Object value = truth(test.run(scope), conditional.test().position());
            return (value.equals(true) ? then : otherwise).run(scope);
        };
    }

    private Code pipe(Pipe pipe) {
        Code input = compile(pipe.input());
        if (pipe.call() instanceof Call call) {
            return call(call, Optional.of(input));
        }
        throw FluxException.invalid(pipe.position(), "what follows '|>' must be a call");
    }

    private Code call(Call call, Optional<Code> piped) {
        Code function = compile(call.function());
        List<Property> properties = call.arguments();
        Code[] values = properties.stream().map(p -> compile(p.value())).toArray(Code[]::new);
        return scope -> {
            Object input = piped.isPresent() ? piped.get().run(scope) : null;
            Object callee = function.run(scope);
            if (!(callee instanceof FunctionValue target)) {
                throw FluxException.invalid(call.position(), "cannot call " + Values.typeName(callee));
            }
            Map<String, Object> arguments = new LinkedHashMap<>();
            for (int i = 0; i < values.length; i++) {
                arguments.put(properties.get(i).name(), values[i].run(scope));
            }
            try {
                if (input != null) {
                    arguments.put(
                            target.pipeParameter()
                                    .orElseThrow(() -> FluxException.invalid("the function takes no piped input")),
                            input);
                }
                return target instanceof Native builtin
                        ? builtin.call(arguments, call.position())
                        : target.call(arguments);
            } catch (FluxException e) {
                throw e.at(call.position());
            }
        };
    }

    private Code function(Function function) {
        List<CompiledFunction.Parameter> parameters = function.parameters().stream()
                .map(p -> new CompiledFunction.Parameter(p.name(), p.value().map(this::compile), p.piped()))
                .toList();
        CompiledFunction compiled =
                new CompiledFunction(function, parameters, block(function.body().statements()));
        return scope -> new Closure(compiled, scope, depth);
    }

    private Code block(List<Statement> statements) {
        if (statements.size() == 1 && statements.get(0) instanceof Statement.Return result) {
            return compile(result.value());
        }
        List<Code> steps = new ArrayList<>();
        for (Statement statement : statements) {
            if (statement instanceof Statement.Return result) {
                steps.add(compile(result.value()));
                return run(steps);
            }
            if (statement instanceof Statement.Assignment assignment) {
                Code value = compile(assignment.value());
                steps.add(scope -> {
                    scope.set(assignment.name(), value.run(scope));
                    return Null.UNKNOWN;
                });
            } else if (statement instanceof Statement.ExpressionStatement expression) {
                steps.add(compile(expression.expression()));
            } else {
                throw FluxException.invalid(statement.position(), "this statement cannot stand in a function");
            }
        }
        steps.add(scope -> {
            throw FluxException.invalid("the function has no return statement");
        });
        return run(steps);
    }

    private static Code run(List<Code> steps) {
        return scope -> {
            Object result = Null.UNKNOWN;
            for (Code step : steps) {
                result = step.run(scope);
            }
            return result;
        };
    }

    private Code recordLiteral(RecordLiteral literal) {
        Optional<Code> base = literal.base().map(this::compile);
        String[] names = literal.properties().stream().map(Property::name).toArray(String[]::new);
        Code[] values =
                literal.properties().stream().map(p -> compile(p.value())).toArray(Code[]::new);
        return scope -> {
            Map<String, Object> properties = new LinkedHashMap<>();
            if (base.isPresent()) {
                Object record = base.get().run(scope);
                if (!(record instanceof RecordValue value)) {
                    throw FluxException.invalid(
                            literal.position(), "expected a record before 'with', got " + Values.typeName(record));
                }
                properties = value.copy();
            }
            for (int i = 0; i < names.length; i++) {
                properties.put(names[i], values[i].run(scope));
            }
            return RecordValue.of(properties);
        };
    }

    private Code array(ArrayLiteral literal) {
        List<Code> elements = literal.elements().stream().map(this::compile).toList();
        return scope -> {
            List<Object> values = new ArrayList<>(elements.size());
            for (Code element : elements) {
                values.add(element.run(scope));
            }
            return values;
        };
    }

    private Code dictionary(DictLiteral literal) {
        List<Code> keys = literal.entries().stream()
                .map(Association::key)
                .map(this::compile)
                .toList();
        List<Code> values = literal.entries().stream()
                .map(Association::value)
                .map(this::compile)
                .toList();
        return scope -> {
            Map<Object, Object> entries = new LinkedHashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                entries.put(keys.get(i).run(scope), values.get(i).run(scope));
            }
            return new DictValue(entries);
        };
    }

    private Code index(Index index) {
        Code array = compile(index.array());
        Code position = compile(index.index());
        return scope -> {
            Object value = array.run(scope);
            Object at = position.run(scope);
            if (value instanceof List<?> list && at instanceof Long i) {
                if (i < 0 || i >= list.size()) {
                    throw FluxException.invalid(
                            index.position(), "index " + i + " is outside of an array of " + list.size());
                }
                return list.get(i.intValue());
            }
            if (value instanceof RecordValue record && at instanceof String name) {
                return record.get(name);
            }
            throw FluxException.invalid(
                    index.position(), "cannot index " + Values.typeName(value) + " with " + Values.typeName(at));
        };
    }

    private Code template(Template template) {
        List<Code> parts = template.parts().stream().map(this::compile).toList();
        return scope -> {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < parts.size(); i++) {
                Object value = parts.get(i).run(scope);
                if (value instanceof Null || Values.columnType(value).isEmpty()) {
                    throw FluxException.invalid(
                            template.parts().get(i).position(),
                            "cannot put " + Values.typeName(value) + " into a string");
                }
                String part = Values.display(value);
                Values.checkLength((long) text.length() + part.length());
                text.append(part);
            }
            return text.toString();
        };
    }
}
