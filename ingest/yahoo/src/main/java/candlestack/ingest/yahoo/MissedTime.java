package candlestack.ingest.yahoo;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.yahoo.Backfill.Gap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The gaps that are still to be filled. Prices of such a symbol are held back until then, so that they stay in order.
 * One thread.
 */
final class MissedTime {
    private static final Duration SHORTEST_GAP = Duration.ofMinutes(2);
    private static final int MOST_HELD = 500;
    private static final int MINUTES_OF_REQUESTS = 10;

    private final Duration backfill;
    private final Duration shortestGap;
    private final int most;
    private final Map<Gap, Deque<Snapshot>> held = new LinkedHashMap<>();
    private final Map<String, Gap> gaps = new LinkedHashMap<>();
    private int skipped;

    /** @param cycle how long it takes to poll every symbol once: what is younger is no gap */
    MissedTime(YahooConfig config, Duration cycle) {
        this.backfill = requireNonNull(config.backfill(), "backfill is null");
        Duration usual = cycle.multipliedBy(3);
        this.shortestGap = usual.compareTo(SHORTEST_GAP) > 0 ? usual : SHORTEST_GAP;
        this.most = config.requestsPerMinute() * MINUTES_OF_REQUESTS;
    }

    /**
     * A price of the symbol came, after it was last measured at {@code measuredUntil}.
     *
     * @param delay how far Yahoo is behind for the symbol
     */
    void check(String symbol, Optional<Instant> measuredUntil, Instant now, Duration delay) {
        Instant earliest = now.minus(backfill);
        Instant from = measuredUntil.filter(until -> until.isAfter(earliest)).orElse(earliest);
        boolean missed = Duration.between(from, now).compareTo(shortestGap) > 0;
        if (backfill.isZero() || !missed || gaps.containsKey(symbol)) {
            return;
        }
        if (gaps.size() >= most) {
            skipped++;
            return;
        }
        Gap gap = Gap.of(symbol, from, now, delay);
        gaps.put(symbol, gap);
        held.put(gap, new ArrayDeque<>());
    }

    /** Keeps the price if those before it are still missing; of very many, the latest. */
    boolean holds(Snapshot snapshot) {
        Gap gap = gaps.get(snapshot.symbol());
        if (gap == null) {
            return false;
        }
        Deque<Snapshot> waiting = held.get(gap);
        if (waiting.size() == MOST_HELD) {
            waiting.remove();
        }
        waiting.add(snapshot);
        return true;
    }

    Optional<Gap> next() {
        return gaps.values().stream().findFirst();
    }

    boolean isEmpty() {
        return gaps.isEmpty();
    }

    int size() {
        return gaps.size();
    }

    /** The gap is filled: gives what was held back because of it. */
    List<Snapshot> filled(Gap gap) {
        gaps.remove(gap.symbol());
        return List.copyOf(held.remove(gap));
    }

    /** The gaps stay: gives all that was held back. */
    List<Snapshot> giveUp() {
        List<Snapshot> all = new ArrayList<>();
        held.values().forEach(all::addAll);
        held.clear();
        gaps.clear();
        return all;
    }

    /** How many gaps were left, because filling them would have taken too many requests; then 0. */
    int takeSkipped() {
        int count = skipped;
        skipped = 0;
        return count;
    }
}
