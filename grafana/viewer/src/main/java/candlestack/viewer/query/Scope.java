package candlestack.viewer.query;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** All that one request may vary: the range, the width of a point and the variables. */
public record Scope(TimeRange range, Duration interval, Variables variables) {
    public Scope {
        requireNonNull(range, "range is null");
        requireNonNull(interval, "interval is null");
        requireNonNull(variables, "variables is null");
    }
}
