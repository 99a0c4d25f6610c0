package candlestack.local.privacy;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Erases one user everywhere, and finds out whether that has happened. */
public final class Erasure {
    private static final Duration BETWEEN = Duration.ofMillis(200);

    private final UserTraces traces;
    private final DeadLetterTraces deadLetters;
    private final Tombstones tombstones;

    public Erasure(UserTraces traces, DeadLetterTraces deadLetters, Tombstones tombstones) {
        this.traces = requireNonNull(traces, "traces is null");
        this.deadLetters = requireNonNull(deadLetters, "deadLetters is null");
        this.tombstones = requireNonNull(tombstones, "tombstones is null");
    }

    /**
     * What was found, and what is left.
     *
     * @param tombstone where the request is, as {@code topic-partition@offset}
     * @param before rows by store
     * @param after rows by store, when all were gone or no more was waited
     */
    public record Proof(String tombstone, Map<String, Long> before, Map<String, Long> after) {
        public boolean complete() {
            return after.values().stream().allMatch(count -> count == 0);
        }
    }

    /** @param patience how long analytics and the sinks may take */
    public Proof erase(UUID user, Duration patience) throws InterruptedException {
        Set<String> countries = traces.countries();
        Map<String, Long> before = count(user, countries);
        Set<String> users = Set.of(user.toString());
        String tombstone = tombstones.send(users);
        long end = System.nanoTime() + patience.toNanos();
        Proof proof;
        do {
            Thread.sleep(BETWEEN.toMillis());
            // Again and again: one may still be on its way from Kafka.
            deadLetters.delete(users);
            proof = new Proof(tombstone, before, count(user, countries));
        } while (!proof.complete() && System.nanoTime() < end);
        return proof;
    }

    private Map<String, Long> count(UUID user, Set<String> countries) {
        Map<String, Long> counts = new LinkedHashMap<>(traces.count(user, countries));
        counts.put(DeadLetterTraces.TABLE, deadLetters.count(user));
        return counts;
    }
}
