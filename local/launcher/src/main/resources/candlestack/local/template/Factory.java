package @PACKAGE@;

import static @PACKAGE@.HttpPoll.number;

import candlestack.ingest.api.ConfigSpec;
import candlestack.ingest.api.Event;
import candlestack.ingest.api.Option;
import candlestack.ingest.api.OptionType;
import candlestack.ingest.api.ResumeKind;
import candlestack.ingest.api.SeriesPoint;
import candlestack.ingest.api.Source;
import candlestack.ingest.api.SourceContext;
import candlestack.ingest.api.SourceFactory;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The weather at a place, from Open-Meteo, as series points. This is the class to change: the rest is in HttpPoll. */
public final class @CLASS@Factory implements SourceFactory {
    private static final String DEFAULT_URL = "https://api.open-meteo.com/v1/forecast?latitude=52.52&longitude=13.41"
            + "&current=temperature_2m,wind_speed_10m&timeformat=unixtime";
    static final Option<URI> URL = Option.of(
                    "url", new OptionType<>("an address such as https://example.org/x", URI::create), "What is polled.")
            .withDefault(DEFAULT_URL);
    static final Option<Duration> EVERY = Option.duration(
                    "every", Duration.ofSeconds(1), Duration.ofDays(1), "The time from one poll to the next.")
            .withDefault("60s");
    static final Option<String> PLACE = Option.text("place", "The tag of the points.").withDefault("berlin");

    @Override
    public String name() {
        return "@NAME@";
    }

    @Override
    public String description() {
        return "The weather at a place, polled from a JSON API.";
    }

    @Override
    public ConfigSpec config() {
        return ConfigSpec.of(URL, EVERY, PLACE);
    }

    @Override
    public ResumeKind resume() {
        return ResumeKind.LIVE_ONLY;
    }

    /** All options have defaults: it runs as soon as its jar is in the folder of plugins. */
    @Override
    public boolean startsByItself() {
        return true;
    }

    @Override
    public Source create(SourceContext context) {
        String place = context.config().get(PLACE);
        return new HttpPoll(context, context.config().get(URL), context.config().get(EVERY), answer -> events(answer, place));
    }

    /** @throws IllegalArgumentException if the answer is not as expected: it becomes a dead letter with that reason */
    private static List<Event> events(JsonNode answer, String place) {
        JsonNode current = answer.required("current");
        Instant time = Instant.ofEpochSecond(number(current, "time").longValue());
        Map<String, Double> fields = Map.of(
                "temperature", number(current, "temperature_2m").doubleValue(),
                "wind", number(current, "wind_speed_10m").doubleValue());
        // The same measurement has the same id, however often it is polled: it is published once.
        return List.of(SeriesPoint.of("@NAME@/" + place + "/" + time, "@NAME@", time, Map.of("place", place), fields));
    }
}
