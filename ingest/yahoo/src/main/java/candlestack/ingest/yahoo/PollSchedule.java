package candlestack.ingest.yahoo;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** When each symbol is to be polled next. One thread. */
final class PollSchedule {
    private final Map<String, Instant> due = new LinkedHashMap<>();

    /** All are due at once. */
    PollSchedule(Collection<String> symbols) {
        symbols.forEach(symbol -> due.put(symbol, Instant.MIN));
    }

    /** Up to {@code limit} symbols that are due, those first that are so for longest. */
    List<String> due(Instant now, int limit) {
        return due.entrySet().stream()
                .filter(entry -> !entry.getValue().isAfter(now))
                .sorted(Map.Entry.comparingByValue())
                .limit(limit)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** How long it is until one is due; at most {@code most}. */
    Duration wait(Instant now, Duration most) {
        return due.values().stream()
                .min(Comparator.naturalOrder())
                .map(next -> next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO)
                .filter(wait -> wait.compareTo(most) < 0)
                .orElse(most);
    }

    void next(String symbol, Instant when) {
        due.put(symbol, when);
    }

    /** Not later than {@code when}. */
    void hasten(String symbol, Instant when) {
        due.merge(symbol, when, (old, wanted) -> wanted.isBefore(old) ? wanted : old);
    }
}
