package candlestack.ingest.yahoo;

import static candlestack.ingest.yahoo.YahooOptions.BACKFILL;
import static candlestack.ingest.yahoo.YahooOptions.BASE_URL;
import static candlestack.ingest.yahoo.YahooOptions.BATCH_SIZE;
import static candlestack.ingest.yahoo.YahooOptions.MODE;
import static candlestack.ingest.yahoo.YahooOptions.POLL_INTERVAL;
import static candlestack.ingest.yahoo.YahooOptions.REQUESTS_PER_MINUTE;
import static candlestack.ingest.yahoo.YahooOptions.SETS;
import static candlestack.ingest.yahoo.YahooOptions.SYMBOLS;
import static candlestack.ingest.yahoo.YahooOptions.SYMBOLS_FILE;
import static candlestack.ingest.yahoo.YahooOptions.USER_AGENT;
import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The options of one instance; {@link YahooOptions} says what they mean. */
record YahooConfig(
        List<String> symbols,
        Optional<Path> symbolsFile,
        List<SymbolSet> sets,
        Mode mode,
        Duration pollInterval,
        int requestsPerMinute,
        int batchSize,
        Duration backfill,
        String userAgent,
        Endpoints endpoints) {
    private static final List<String> UNLESS_SAID = List.of("AAPL", "MSFT", "BTC-USD");

    YahooConfig {
        symbols = List.copyOf(symbols);
        requireNonNull(symbolsFile, "symbolsFile is null");
        sets = List.copyOf(sets);
        requireNonNull(mode, "mode is null");
        requireNonNull(pollInterval, "pollInterval is null");
        requireNonNull(backfill, "backfill is null");
        requireNonNull(userAgent, "userAgent is null");
        requireNonNull(endpoints, "endpoints is null");
    }

    static YahooConfig of(Config config) {
        boolean elsewhere =
                config.get(SYMBOLS_FILE).isPresent() || config.get(SETS).isPresent();
        return new YahooConfig(
                config.get(SYMBOLS).orElse(elsewhere ? List.of() : UNLESS_SAID),
                config.get(SYMBOLS_FILE),
                config.get(SETS).orElse(List.of()),
                config.get(MODE),
                config.get(POLL_INTERVAL),
                config.get(REQUESTS_PER_MINUTE).intValue(),
                config.get(BATCH_SIZE).intValue(),
                config.get(BACKFILL),
                config.get(USER_AGENT),
                config.get(BASE_URL).map(Endpoints::at).orElse(Endpoints.YAHOO));
    }
}
