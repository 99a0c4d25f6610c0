package candlestack.setup;

import candlestack.config.Keys;
import candlestack.config.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The buckets of {@code influxdb/buckets.yaml}: how long each keeps its points, zero for ever. */
final class Buckets {
    private static final String RESOURCE = "/influxdb/buckets.yaml";

    private Buckets() {}

    static Map<String, Duration> load(Settings settings) {
        try (InputStream in = Buckets.class.getResourceAsStream(RESOURCE)) {
            Object root = new Load(LoadSettings.builder().build()).loadFromInputStream(in);
            Map<String, Duration> buckets = new LinkedHashMap<>();
            ((Map<?, ?>) root)
                    .forEach((name, written) -> buckets.put(
                            name.toString(), retention(name.toString(), String.valueOf(written), settings)));
            return buckets;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + RESOURCE, e);
        }
    }

    private static Duration retention(String bucket, String written, Settings settings) {
        return switch (written) {
            case "forever" -> Duration.ZERO;
            case "retention" -> settings.get(Keys.RETENTION);
            default -> duration(bucket, written);
        };
    }

    private static Duration duration(String bucket, String written) {
        try {
            String iso = written.endsWith("d") ? "P" + written : "PT" + written;
            Duration duration = Duration.parse(iso.toUpperCase(Locale.ROOT));
            if (duration.compareTo(Duration.ofHours(1)) >= 0) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // Answered below, as a duration that is too short.
        }
        throw new IllegalArgumentException("Invalid retention of bucket '" + bucket + "': '" + written
                + "', expected forever, retention, or a duration of at least 1h such as 30d");
    }
}
