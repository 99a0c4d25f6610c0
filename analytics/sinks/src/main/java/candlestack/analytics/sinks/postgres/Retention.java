package candlestack.analytics.sinks.postgres;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.sinks.delivery.StoreException;
import candlestack.analytics.sinks.status.Ticker;
import candlestack.config.Keys;
import candlestack.config.Settings;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes or clears rows older than the setting {@code retention}, every few minutes, on a thread and a connection of its own. */
final class Retention implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Retention.class);
    private static final Duration PERIOD = Duration.ofMinutes(5);

    private final PostgresSession session;
    private final Duration kept;
    private final InstantSource clock;
    private final List<String> statements;
    private final Ticker ticker;

    /** @param statements each with the time before which rows go as its one parameter */
    Retention(String name, Settings settings, InstantSource clock, List<String> statements) {
        this.session = new PostgresSession(settings);
        this.kept = settings.get(Keys.RETENTION);
        this.clock = requireNonNull(clock, "clock is null");
        this.statements = List.copyOf(statements);
        this.ticker = new Ticker(name, PERIOD, this::purge);
    }

    void start() {
        ticker.start();
    }

    private void purge() throws StoreException {
        Instant before = clock.instant().minus(kept);
        session.transaction(connection -> {
            for (String statement : statements) {
                try (PreparedStatement prepared = connection.prepareStatement(statement)) {
                    prepared.setObject(1, before.atOffset(ZoneOffset.UTC));
                    int changed = prepared.executeUpdate();
                    if (changed > 0) {
                        log.info("Done with {} rows older than {}: {}", changed, before, statement);
                    }
                }
            }
        });
    }

    @Override
    public void close() {
        ticker.close();
        // Ends a statement that goes on all the same.
        session.close();
    }
}
