package candlestack.flux.eval;

import candlestack.flux.syntax.Expression;
import java.util.List;
import java.util.Optional;

/** A function's parameters and body, made ready to run. */
record CompiledFunction(Expression.Function source, List<Parameter> parameters, Code body) {
    /** A parameter and its default. */
    record Parameter(String name, Optional<Code> value, boolean piped) {}

    Optional<String> pipeParameter() {
        return parameters.stream().filter(Parameter::piped).map(Parameter::name).findFirst();
    }
}
