package candlestack.local.stack;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * How a part is doing.
 *
 * @param detail the reason of a failure or of a restart; empty when there is nothing to say
 * @param since when it came into this phase
 * @param restarts how often its process died by itself
 */
public record Condition(Phase phase, String detail, Instant since, OptionalLong pid, int restarts) {
    public Condition {
        requireNonNull(phase, "phase is null");
        requireNonNull(detail, "detail is null");
        requireNonNull(since, "since is null");
        requireNonNull(pid, "pid is null");
    }
}
