package candlestack.flux.value;

import java.util.Map;
import java.util.Optional;

/** What can be called. */
public interface FunctionValue {
    /** Calls it with named arguments. */
    Object call(Map<String, Object> arguments);

    /** The parameter that takes what is piped in. */
    Optional<String> pipeParameter();

    /** Calls it with one argument. */
    default Object call(String name, Object value) {
        return call(Map.of(name, value));
    }
}
