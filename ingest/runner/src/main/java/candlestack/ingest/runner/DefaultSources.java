package candlestack.ingest.runner;

import candlestack.config.Located;
import candlestack.config.SourceSettings;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What runs where candlestack.yaml names no source: real trades of one week, and what is simulated beside them. */
final class DefaultSources {
    private static final String WHERE = "default sources";

    private DefaultSources() {}

    static List<SourceSettings> all() {
        SourceSettings btc = source(
                "btc",
                "replay",
                Map.of(
                        "file", "sample:bitstamp-2013",
                        "symbol", "BTC-USD",
                        "currency", "USD",
                        "exchange", "Bitstamp",
                        "shift-to-now", "true",
                        "repeat", "true"));
        return List.of(
                btc,
                source("market", "market", Map.of()),
                source("votes", "votes", Map.of()),
                source("devices", "devices", Map.of()),
                source("users", "users", Map.of()));
    }

    private static SourceSettings source(String name, String type, Map<String, String> options) {
        Map<String, Located> located = options.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, option -> new Located(option.getValue(), WHERE)));
        return new SourceSettings(name, type, true, located, WHERE);
    }
}
