package candlestack.ingest.yahoo;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The symbols of one connection, whether there is one at the moment or not. One thread. */
final class Shard {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private final List<String> symbols;
    private Optional<StreamConnection> connection = Optional.empty();
    private boolean subscribed;
    private Instant nextTry = Instant.MIN;
    private Instant nextSubscription = Instant.MIN;
    private int failures;

    Shard(List<String> symbols) {
        this.symbols = List.copyOf(symbols);
    }

    List<String> symbols() {
        return symbols;
    }

    Optional<StreamConnection> connection() {
        return connection;
    }

    /** Whether prices may come: connected and subscribed. */
    boolean isLive() {
        return subscribed;
    }

    boolean mayConnect(Instant now) {
        return connection.isEmpty() && !nextTry.isAfter(now);
    }

    Instant nextTry() {
        return nextTry;
    }

    void connecting(StreamConnection opened) {
        connection = Optional.of(requireNonNull(opened, "opened is null"));
    }

    /** Subscribes where that is due. */
    void keepAlive(Instant now, Duration every) {
        if (connection.isPresent() && connection.get().isOpen() && !nextSubscription.isAfter(now)) {
            connection.get().subscribe();
            subscribed = true;
            nextSubscription = now.plus(every);
        }
    }

    /** A price came: whatever failed before is over. */
    void worked() {
        failures = 0;
    }

    /** Whether it failed since a price came the last time: it was said then. */
    boolean hasFailed() {
        return failures > 0;
    }

    /** Hangs up, and tries again after twice the time of the last time, with jitter. */
    void failed(Instant now, RandomGenerator random) {
        close();
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(failures, 16));
        Duration capped = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        failures++;
        nextTry = now.plus(capped).plusMillis((long) (capped.toMillis() * random.nextDouble() / 4));
    }

    void close() {
        connection.ifPresent(StreamConnection::close);
        connection = Optional.empty();
        subscribed = false;
        nextSubscription = Instant.MIN;
    }
}
