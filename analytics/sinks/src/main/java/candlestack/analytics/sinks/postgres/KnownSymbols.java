package candlestack.analytics.sinks.postgres;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The earliest bar of each symbol that this process has written: what it need not write again. For one thread. */
final class KnownSymbols {
    private final Map<String, Instant> firstSeen = new HashMap<>();

    boolean news(String symbol, Instant time) {
        Instant known = firstSeen.get(symbol);
        return known == null || time.isBefore(known);
    }

    void written(Map<String, Instant> earliest) {
        firstSeen.putAll(earliest);
    }
}
