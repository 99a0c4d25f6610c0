package candlestack.ingest.runner;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.Config;
import candlestack.ingest.api.SourceFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One source that is to be run, or the reasons why it cannot be.
 *
 * @param enabled false: it is only listed
 * @param ready present where there are no problems
 */
record Plan(String name, String type, Enablement enabled, Optional<Ready> ready, List<String> problems) {
    /** Whether somebody switched it off. */
    enum Enablement {
        ENABLED,
        DISABLED
    }

    /**
     * What it takes to run.
     *
     * @param written the options as they are written, by which a change is known
     */
    record Ready(SourceFactory factory, Config config, Map<String, String> written) {
        Ready {
            requireNonNull(factory, "factory is null");
            requireNonNull(config, "config is null");
            written = Map.copyOf(written);
        }

        /** With all options as they are by default. */
        Ready(SourceFactory factory, Config config) {
            this(factory, config, Map.of());
        }

        private boolean isSame(Ready other) {
            return factory == other.factory && written.equals(other.written);
        }
    }

    Plan {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        requireNonNull(enabled, "enabled is null");
        requireNonNull(ready, "ready is null");
        problems = List.copyOf(problems);
    }

    /** Whether a source that runs by this plan may go on running by the other. */
    boolean runsLike(Plan other) {
        return runs() && other.runs() && type.equals(other.type) && ready.get().isSame(other.ready.get());
    }

    boolean runs() {
        return enabled == Enablement.ENABLED && ready.isPresent();
    }
}
