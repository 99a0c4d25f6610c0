package candlestack.viewer.query;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What one query may cost.
 *
 * @param timeout until a query is given up
 * @param rows of one query's answer; what is beyond is left out, and the panel says so
 */
public record Limits(Duration timeout, int rows) {
    public static final Limits DEFAULT = new Limits(Duration.ofSeconds(15), 50_000);

    public Limits {
        requireNonNull(timeout, "timeout is null");
    }

    String notice() {
        return "Only the first " + rows + " rows are shown: choose a shorter range or a wider interval";
    }
}
