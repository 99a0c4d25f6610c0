package candlestack.ingest.runner;

import candlestack.ingest.api.SourceFactory;
import candlestack.ingest.runner.plugin.InstalledType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The types of source that are installed, by name. Immutable. */
final class Catalog {
    private static final Logger LOG = LoggerFactory.getLogger(Catalog.class);

    private final Map<String, InstalledType> types;

    private Catalog(Map<String, InstalledType> types) {
        this.types = types;
    }

    Catalog(Collection<SourceFactory> builtIn) {
        this(new TreeMap<>());
        for (SourceFactory factory : builtIn) {
            InstalledType type = InstalledType.builtIn(factory);
            InstalledType earlier = types.putIfAbsent(type.name(), type);
            if (earlier != null) {
                LOG.warn(
                        "Cannot use {}: the name '{}' is that of {}",
                        factory.getClass().getName(),
                        type.name(),
                        earlier.factory().getClass().getName());
            }
        }
    }

    /** Those of the class path. One that cannot be loaded is said and left out. */
    static Catalog installed() {
        List<SourceFactory> found = new ArrayList<>();
        Iterator<SourceFactory> loader = ServiceLoader.load(SourceFactory.class).iterator();
        boolean more = true;
        while (more) {
            try {
                more = loader.hasNext();
                if (more) {
                    found.add(loader.next());
                }
            } catch (ServiceConfigurationError | LinkageError e) {
                LOG.warn("Cannot load a source: {}", e.toString());
            }
        }
        return new Catalog(found);
    }

    /** With types of plugins, which take nobody's name. */
    Catalog with(Collection<InstalledType> plugged) {
        Map<String, InstalledType> all = new TreeMap<>(types);
        plugged.forEach(type -> all.putIfAbsent(type.name(), type));
        return new Catalog(all);
    }

    Optional<InstalledType> find(String type) {
        return Optional.ofNullable(types.get(type));
    }

    Collection<InstalledType> types() {
        return types.values();
    }

    Collection<String> names() {
        return types.keySet();
    }
}
