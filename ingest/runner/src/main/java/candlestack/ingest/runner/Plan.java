package candlestack.ingest.runner;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.Config;
import candlestack.ingest.api.SourceFactory;
import java.util.List;
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

    /** What it takes to run. */
    record Ready(SourceFactory factory, Config config) {}

    Plan {
        requireNonNull(name, "name is null");
        requireNonNull(type, "type is null");
        requireNonNull(enabled, "enabled is null");
        requireNonNull(ready, "ready is null");
        problems = List.copyOf(problems);
    }

    boolean runs() {
        return enabled == Enablement.ENABLED && ready.isPresent();
    }
}
