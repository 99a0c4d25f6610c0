package candlestack.local.privacy;

import static java.util.Objects.requireNonNull;

import candlestack.local.LauncherException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Erases all users of whom nothing was heard for a time. */
public final class Purge {
    private static final Duration BETWEEN = Duration.ofMillis(500);

    /** Asks for the erasure of users in every store that analytics and the sinks write. */
    @FunctionalInterface
    interface Request {
        void send(Collection<String> users) throws InterruptedException;
    }

    private final Function<Instant, Set<String>> olderThan;
    private final Consumer<Collection<String>> deadLetters;
    private final Request request;

    public Purge(UserTraces traces, DeadLetterTraces deadLetters, Tombstones tombstones) {
        this(traces::olderThan, deadLetters::delete, tombstones::send);
    }

    /**
     * @param olderThan finds the users of whom nothing was heard since
     * @param deadLetters deletes those of users
     */
    Purge(Function<Instant, Set<String>> olderThan, Consumer<Collection<String>> deadLetters, Request request) {
        this.olderThan = requireNonNull(olderThan, "olderThan is null");
        this.deadLetters = requireNonNull(deadLetters, "deadLetters is null");
        this.request = requireNonNull(request, "request is null");
    }

    /**
     * Returns when no store has any of them.
     *
     * @param patience how long analytics and the sinks may take
     * @return how many they were
     * @throws LauncherException if some are still there
     */
    public int erase(Instant cutoff, Duration patience) throws InterruptedException {
        Set<String> users = olderThan.apply(cutoff);
        if (!users.isEmpty()) {
            request.send(users);
            deadLetters.accept(users);
            awaitNone(cutoff, patience);
            // Those that were on their way from Kafka.
            deadLetters.accept(users);
        }
        return users.size();
    }

    private void awaitNone(Instant cutoff, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (int left = count(cutoff); left > 0; left = count(cutoff)) {
            if (System.nanoTime() > end) {
                throw LauncherException.failed(left + " users are still there after " + patience.toSeconds()
                        + " s; they are erased as soon as analytics and sinks run: './candlestack status' tells");
            }
            Thread.sleep(BETWEEN.toMillis());
        }
    }

    private int count(Instant cutoff) {
        return olderThan.apply(cutoff).size();
    }
}
