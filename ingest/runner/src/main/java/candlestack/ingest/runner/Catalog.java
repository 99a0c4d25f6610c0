package candlestack.ingest.runner;

import candlestack.ingest.api.SourceFactory;
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

/** The sources that are installed, by name. Immutable. */
final class Catalog {
    private static final Logger LOG = LoggerFactory.getLogger(Catalog.class);

    private final Map<String, SourceFactory> factories;

    Catalog(Collection<SourceFactory> factories) {
        Map<String, SourceFactory> byName = new TreeMap<>();
        for (SourceFactory factory : factories) {
            SourceFactory earlier = byName.putIfAbsent(factory.name(), factory);
            if (earlier != null) {
                LOG.warn(
                        "Cannot use {}: the name '{}' is that of {}",
                        factory.getClass().getName(),
                        factory.name(),
                        earlier.getClass().getName());
            }
        }
        this.factories = byName;
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

    Optional<SourceFactory> find(String type) {
        return Optional.ofNullable(factories.get(type));
    }

    Collection<String> names() {
        return factories.keySet();
    }
}
