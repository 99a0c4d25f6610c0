package candlestack.ingest.yahoo;

import candlestack.ingest.api.InvalidConfigException;
import candlestack.ingest.testkit.FakeClock;
import candlestack.ingest.testkit.RecordingHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Hosts for tests, with options that suit them. */
final class Hosts {
    static final Instant START = Instant.parse("2026-11-20T15:00:00Z");

    private Hosts() {}

    /** @param written comes before: polling, and nothing filled */
    static RecordingHost of(Path directory, FakeClock clock, Map<String, String> written) {
        Map<String, String> options = new TreeMap<>(Map.of("mode", "poll", "backfill", "0s"));
        options.putAll(written);
        try {
            return RecordingHost.of(new YahooFactory(), options, clock, directory);
        } catch (InvalidConfigException e) {
            throw new IllegalArgumentException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
