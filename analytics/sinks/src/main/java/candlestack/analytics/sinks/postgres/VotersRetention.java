package candlestack.analytics.sinks.postgres;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.sinks.event.Voter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Takes the personal data out of voters whose last record is older than the retention, once an hour. The voter itself
 * stays, for the register of its region counts it. For one thread.
 */
final class VotersRetention {
    private static final Duration INTERVAL = Duration.ofHours(1);
    private static final String CLEAR = "update votes.voters set cleared_at = now(), date_of_birth = null,"
            + " registered_age = null, "
            + Voter.PERSONAL.stream().map(column -> column + " = null").collect(Collectors.joining(", "))
            + " where cleared_at is null and registered_at < now() - make_interval(secs => ?)";

    private final Duration retention;
    private final LongSupplier nanos;
    private OptionalLong last = OptionalLong.empty();

    /** @param nanos as {@link System#nanoTime()} */
    VotersRetention(Duration retention, LongSupplier nanos) {
        this.retention = requireNonNull(retention, "retention is null");
        this.nanos = requireNonNull(nanos, "nanos is null");
    }

    boolean isDue() {
        return last.isEmpty() || nanos.getAsLong() - last.getAsLong() >= INTERVAL.toNanos();
    }

    void clear(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CLEAR)) {
            statement.setDouble(1, (double) retention.toSeconds());
            statement.executeUpdate();
        }
    }

    /** After the transaction. */
    void cleared() {
        last = OptionalLong.of(nanos.getAsLong());
    }
}
