package candlestack.ingest.runner.plugin;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What can be said of one entry of the folder of plugins.
 *
 * @param file its name in the folder
 * @param types the types of source that it gives
 * @param problem why it cannot be used, or cannot be used as it is now
 */
public record PluginReport(String file, List<String> types, Optional<String> problem) {
    public PluginReport {
        requireNonNull(file, "file is null");
        types = List.copyOf(types);
        requireNonNull(problem, "problem is null");
    }
}
