package candlestack.flux.lib;

import candlestack.flux.eval.Arguments;
import candlestack.flux.eval.Native;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** What a package of the standard library has: functions in Java, values, and more in Flux. */
public final class PackageDefinition {
    private final String path;
    private final Map<String, Native.Definition> functions = new LinkedHashMap<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    PackageDefinition(String path) {
        this.path = path;
    }

    public String path() {
        return path;
    }

    public Map<String, Native.Definition> functions() {
        return functions;
    }

    public Map<String, Object> values() {
        return values;
    }

    /** @param parameters as {@link Native.Definition#of} reads them */
    PackageDefinition function(String name, String parameters, Function<Arguments, Object> body) {
        String qualified = path.equals("universe") ? name : path + "." + name;
        functions.put(name, Native.Definition.of(qualified, parameters, body));
        return this;
    }

    PackageDefinition value(String name, Object value) {
        values.put(name, value);
        return this;
    }
}
