package candlestack.viewer.query;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/** From (inclusive) to (inclusive), as the time picker says it. */
public record TimeRange(Instant from, Instant to) {
    public TimeRange {
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        if (!from.isBefore(to)) {
            throw new QueryException("Invalid time range: from " + from + " is not before to " + to);
        }
    }

    public Duration length() {
        return Duration.between(from, to);
    }
}
