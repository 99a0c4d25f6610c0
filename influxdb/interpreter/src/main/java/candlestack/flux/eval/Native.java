package candlestack.flux.eval;

import candlestack.flux.FluxException;
import candlestack.flux.Position;
import candlestack.flux.value.FunctionValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A function written in Java, bound to a query. */
public final class Native implements FunctionValue {
    private final Definition definition;
    private final Query query;

    Native(Definition definition, Query query) {
        this.definition = definition;
        this.query = query;
    }

    /**
     * A function as a library defines it.
     *
     * @param name for messages, with its package
     * @param required the parameters that must be given
     * @param optional the others
     * @param piped the one that takes what is piped in
     */
    public record Definition(
            String name,
            List<String> required,
            List<String> optional,
            Optional<String> piped,
            Function<Arguments, Object> body) {
        /** @param parameters such as {@code "<-tables, n, ?offset"}: piped, required, optional */
        public static Definition of(String name, String parameters, Function<Arguments, Object> body) {
            List<String> required = new ArrayList<>();
            List<String> optional = new ArrayList<>();
            Optional<String> piped = Optional.empty();
            for (String part : parameters.isEmpty() ? new String[0] : parameters.split(", *")) {
                if (part.startsWith("?")) {
                    optional.add(part.substring(1));
                } else if (part.startsWith("<-")) {
                    piped = Optional.of(part.substring(2));
                    required.add(part.substring(2));
                } else {
                    required.add(part);
                }
            }
            return new Definition(name, List.copyOf(required), List.copyOf(optional), piped, body);
        }
    }

    public String name() {
        return definition.name();
    }

    @Override
    public Object call(Map<String, Object> arguments) {
        return call(arguments, Position.START);
    }

    Object call(Map<String, Object> arguments, Position position) {
        for (String name : definition.required()) {
            if (!arguments.containsKey(name)) {
                throw FluxException.invalid("missing argument '" + name + "' of " + definition.name());
            }
        }
        if (arguments.size() > definition.required().size()) {
            for (String name : arguments.keySet()) {
                if (!definition.required().contains(name)
                        && !definition.optional().contains(name)) {
                    throw FluxException.invalid("unknown argument '" + name + "' of " + definition.name());
                }
            }
        }
        return definition.body().apply(new Arguments(definition.name(), arguments, query, position));
    }

    @Override
    public Optional<String> pipeParameter() {
        return definition.piped();
    }
}
