package candlestack.ingest.yahoo;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.SourceContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Symbols that Yahoo knows nothing of, or has no price for any more. Each is reported once, restarts included, and
 * again if it had come back in between. One thread.
 */
final class UnknownSymbols {
    /** One answer without a symbol may be a slip of Yahoo's. */
    private static final int MISSES = 2;

    private final SourceContext context;
    private final PrivateFile file;
    private final Map<String, Integer> misses = new HashMap<>();
    private final Set<String> reported = new TreeSet<>();

    UnknownSymbols(SourceContext context) {
        this.context = requireNonNull(context, "context is null");
        this.file = new PrivateFile(context.directory().resolve("unknown-symbols.properties"));
        file.read().ifPresent(values -> reported.addAll(values.keySet()));
    }

    /**
     * An answer came.
     *
     * @param asked the symbols that were asked for
     * @param priced those of them that came with a price
     * @return those that are not worth asking for again today
     */
    Set<String> answered(List<String> asked, Set<String> priced) {
        Set<String> unknown = new TreeSet<>();
        for (String symbol : asked) {
            if (priced.contains(symbol)) {
                misses.remove(symbol);
            } else if (misses.merge(symbol, 1, Integer::sum) >= MISSES) {
                unknown.add(symbol);
            }
        }
        boolean cameBack = reported.removeAll(priced);
        Set<String> news = new TreeSet<>(unknown);
        news.removeAll(reported);
        if (!news.isEmpty()) {
            reported.addAll(news);
            context.report("Yahoo has no price for " + String.join(", ", news)
                    + ": misspelt or delisted? They are asked for once a day from now on");
        }
        if (cameBack || !news.isEmpty()) {
            Map<String, String> values = new HashMap<>();
            reported.forEach(symbol -> values.put(symbol, "no price"));
            file.write(values);
        }
        return unknown;
    }
}
