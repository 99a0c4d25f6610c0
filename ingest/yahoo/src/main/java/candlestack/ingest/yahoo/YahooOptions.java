package candlestack.ingest.yahoo;

import candlestack.ingest.api.ConfigSpec;
import candlestack.ingest.api.Option;
import candlestack.ingest.api.OptionType;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What may be written under {@code sources.<name>} of type {@code yahoo}. */
final class YahooOptions {
    static final Option<Optional<List<String>>> SYMBOLS = Option.of(
                    "symbols",
                    items("a list of symbols such as [AAPL, BTC-USD, ^GSPC]", YahooOptions::symbol),
                    "What to watch, as Yahoo Finance names it; where nothing is said, AAPL, MSFT and BTC-USD.")
            .optional();

    static final Option<Optional<Path>> SYMBOLS_FILE = Option.path(
                    "symbols-file", "A file of symbols separated by spaces, commas or lines; # begins a comment.")
            .optional();

    static final Option<Optional<List<SymbolSet>>> SETS = Option.of(
                    "sets", items("a list of " + sets(), YahooOptions::set), "Symbols that are often watched together.")
            .optional();

    static final Option<Mode> MODE = Option.choice(
                    "mode",
                    Mode.class,
                    "auto streams and polls while the stream is down; stream and poll do one of them only.")
            .withDefault("auto");

    static final Option<Duration> POLL_INTERVAL = Option.duration(
                    "poll-interval",
                    Duration.ofSeconds(1),
                    Duration.ofHours(1),
                    "How often a symbol is polled, as far as requests-per-minute allows.")
            .withDefault("15s");

    static final Option<Long> REQUESTS_PER_MINUTE = Option.number(
                    "requests-per-minute",
                    1,
                    600,
                    "The most requests a minute to Yahoo, which blocks who asks too much; its limit is not published.")
            .withDefault("20");

    static final Option<Long> BATCH_SIZE = Option.number("batch-size", 1, 500, "How many symbols one request asks for.")
            .withDefault("100");

    static final Option<Duration> BACKFILL = Option.duration(
                    "backfill",
                    Duration.ZERO,
                    Duration.ofDays(3650),
                    "How much missed time is filled from charts: the last seven days by minutes, before that by days.")
            .withDefault("1d");

    static final Option<String> USER_AGENT = Option.text(
                    "user-agent", "The browser to appear as; Yahoo answers none that it does not know.")
            .withDefault("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
                    + "Chrome/142.0.0.0 Safari/537.36");

    static final Option<Optional<URI>> BASE_URL = Option.of(
                    "base-url",
                    new OptionType<>("an address such as http://127.0.0.1:8790", YahooOptions::address),
                    "For tests: where a stand-in for all of Yahoo answers.")
            .optional();

    static final ConfigSpec SPEC = ConfigSpec.of(
            SYMBOLS,
            SYMBOLS_FILE,
            SETS,
            MODE,
            POLL_INTERVAL,
            REQUESTS_PER_MINUTE,
            BATCH_SIZE,
            BACKFILL,
            USER_AGENT,
            BASE_URL);

    private YahooOptions() {}

    private static <T> OptionType<List<T>> items(String accepted, Function<String, T> parser) {
        return new OptionType<>(accepted, text -> {
            List<T> items = Arrays.stream(text.split(","))
                    .map(String::strip)
                    .filter(item -> !item.isEmpty())
                    .map(parser)
                    .distinct()
                    .toList();
            if (items.isEmpty()) {
                throw new IllegalArgumentException("empty");
            }
            return items;
        });
    }

    private static String symbol(String text) {
        String symbol = text.toUpperCase(Locale.ROOT);
        if (!Symbols.isSymbol(symbol)) {
            throw new IllegalArgumentException("no symbol: " + text);
        }
        return symbol;
    }

    private static SymbolSet set(String text) {
        return SymbolSet.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static String sets() {
        return Arrays.stream(SymbolSet.values())
                .map(set -> set.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "));
    }

    private static URI address(String text) {
        URI uri = URI.create(text);
        if (uri.getHost() == null || !List.of("http", "https").contains(uri.getScheme())) {
            throw new IllegalArgumentException("no address: " + text);
        }
        return uri;
    }
}
