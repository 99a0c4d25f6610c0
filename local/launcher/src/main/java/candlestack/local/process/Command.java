package candlestack.local.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a child is started.
 *
 * @param environment added to the launcher's own
 */
public record Command(List<String> words, Map<String, String> environment, Path directory) {
    public Command {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }
}
