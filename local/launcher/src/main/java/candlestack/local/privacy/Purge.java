package candlestack.local.privacy;

import static java.util.Objects.requireNonNull;

import candlestack.config.Settings;
import candlestack.local.LauncherException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
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

    /** Connects to PostgreSQL, which has the dead letters, only for them: without it the rest is erased all the same. */
    public Purge(UserTraces traces, Settings settings) {
        this(traces::olderThan, users -> deleteDeadLetters(settings, users), new Tombstones(settings)::send);
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
     * @throws LauncherException if some, or their dead letters, may still be there; names what was not done
     */
    public int erase(Instant cutoff, Duration patience) throws InterruptedException {
        Set<String> users = olderThan.apply(cutoff);
        if (!users.isEmpty()) {
            tryLetters(users);
            request.send(users);
            List<String> undone = new ArrayList<>();
            awaitNone(cutoff, patience).ifPresent(undone::add);
            // Last, as some are on their way from Kafka meanwhile.
            leftLetters(users).ifPresent(undone::add);
            if (!undone.isEmpty()) {
                throw LauncherException.failed(String.join("\n", undone));
            }
        }
        return users.size();
    }

    /** Before anything else: whoever is erased and stops this program then is found by no later purge. */
    private void tryLetters(Set<String> users) {
        try {
            deadLetters.accept(users);
        } catch (LauncherException e) {
            // They are deleted at the end too, where a failure is told.
        }
    }

    /** A store that fails now must not keep the dead letters from being deleted. */
    private Optional<String> awaitNone(Instant cutoff, Duration patience) throws InterruptedException {
        try {
            return awaitNoneLeft(cutoff, patience);
        } catch (LauncherException e) {
            return Optional.of("It is not known whether all are erased: " + e.getMessage());
        }
    }

    private Optional<String> awaitNoneLeft(Instant cutoff, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        for (int left = count(cutoff); left > 0; left = count(cutoff)) {
            if (System.nanoTime() > end) {
                return Optional.of(left + " users are still there after " + patience.toSeconds()
                        + " s; they are erased as soon as analytics and sinks run: './candlestack status' tells");
            }
            Thread.sleep(BETWEEN.toMillis());
        }
        return Optional.empty();
    }

    /** The next purge does not find those who are erased by then: whoever reads this has to know who they were. */
    private Optional<String> leftLetters(Set<String> users) {
        try {
            deadLetters.accept(users);
            return Optional.empty();
        } catch (LauncherException e) {
            return Optional.of("The dead letters of " + users.size() + " users are not deleted: " + e.getMessage()
                    + ". './candlestack privacy erase --user ID' deletes them later, for each of "
                    + String.join(", ", users));
        }
    }

    private static void deleteDeadLetters(Settings settings, Collection<String> users) {
        try (DeadLetterTraces traces = DeadLetterTraces.open(settings)) {
            traces.delete(users);
        }
    }

    private int count(Instant cutoff) {
        return olderThan.apply(cutoff).size();
    }
}
