package candlestack.flux.eval;

import candlestack.flux.FluxException;
import candlestack.flux.syntax.Expression;
import candlestack.flux.value.FunctionValue;
import java.util.Map;
import java.util.Optional;

/** A function written in Flux, with the scope it was written in. */
public final class Closure implements FunctionValue {
    private static final int MAX_DEPTH = 150;

    private final CompiledFunction code;
    private final Scope scope;
    private final int[] depth;

    Closure(CompiledFunction code, Scope scope, int[] depth) {
        this.code = code;
        this.scope = scope;
        this.depth = depth;
    }

    /** The function as it is written. */
    public Expression.Function source() {
        return code.source();
    }

    /** The value of an expression in the function's surroundings, without its parameters. */
    public Object evaluate(Expression expression) {
        return Compiler.forReading(depth).compile(expression).run(scope);
    }

    @Override
    public Object call(Map<String, Object> arguments) {
        Scope inner = new Scope(scope);
        int known = 0;
        for (CompiledFunction.Parameter parameter : code.parameters()) {
            Object value = arguments.get(parameter.name());
            if (value != null) {
                known++;
            } else if (parameter.value().isPresent()) {
                value = parameter.value().get().run(scope);
            } else {
                throw FluxException.invalid("missing argument '" + parameter.name() + "'");
            }
            inner.set(parameter.name(), value);
        }
        if (known < arguments.size()) {
            throw unknownArgument(arguments);
        }
        return run(inner);
    }

    private Object run(Scope inner) {
        if (++depth[0] > MAX_DEPTH) {
            depth[0] = 0;
            throw FluxException.invalid("functions call each other more than " + MAX_DEPTH + " levels deep");
        }
        try {
            return code.body().run(inner);
        } finally {
            depth[0]--;
        }
    }

    private FluxException unknownArgument(Map<String, Object> arguments) {
        for (String name : arguments.keySet()) {
            if (code.parameters().stream()
                    .noneMatch(parameter -> parameter.name().equals(name))) {
                return FluxException.invalid("unknown argument '" + name + "'");
            }
        }
        return FluxException.invalid("unknown argument");
    }

    @Override
    public Optional<String> pipeParameter() {
        return code.pipeParameter();
    }
}
