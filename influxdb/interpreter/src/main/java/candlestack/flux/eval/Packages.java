package candlestack.flux.eval;

import candlestack.flux.FluxException;
import candlestack.flux.lib.Library;
import candlestack.flux.lib.PackageDefinition;
import candlestack.flux.syntax.SourceFile;
import candlestack.flux.value.FunctionValue;
import candlestack.flux.value.Time;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The packages of one query: each is set up once, when it is first imported. */
final class Packages {
    private final Query query;
    private final int[] depth;
    private final Map<String, PackageValue> loaded = new HashMap<>();

    Packages(Query query, int[] depth) {
        this.query = query;
        this.depth = depth;
    }

    PackageValue universe() {
        return load("universe");
    }

    /** A package of the standard library. */
    PackageValue load(String path) {
        PackageValue known = loaded.get(path);
        if (known != null) {
            return known;
        }
        PackageDefinition definition = Library.find(path)
                .orElseThrow(() -> FluxException.unsupported("package \"" + path + "\" is not supported"));
        PackageValue value = new PackageValue(path);
        loaded.put(path, value);
        definition.values().forEach(value::set);
        definition.functions().forEach((name, function) -> value.set(name, new Native(function, query)));
        if (path.equals("universe")) {
            value.set("now", systemTime());
        }
        Library.source(path).ifPresent(file -> run(value, file));
        return value;
    }

    private FunctionValue systemTime() {
        Time now = Time.of(query.options().now());
        return new Native(Native.Definition.of("now", "", call -> now), query);
    }

    private void run(PackageValue target, SourceFile file) {
        Scope scope = new Scope(name -> {
            Object own = target.find(name);
            return own != null ? own : universe().find(name);
        });
        Program program = new Program(this, scope, depth, Optional.of(target));
        program.imports(file.imports());
        program.run(file.statements());
    }
}
