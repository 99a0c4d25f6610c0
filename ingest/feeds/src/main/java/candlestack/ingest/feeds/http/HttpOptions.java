package candlestack.ingest.feeds.http;

import candlestack.ingest.api.ConfigSpec;
import candlestack.ingest.api.Option;
import candlestack.ingest.api.OptionType;
import candlestack.ingest.feeds.mapping.MappingOptions;
import candlestack.ingest.feeds.mapping.Pairs;
import candlestack.ingest.feeds.mapping.TimePlace;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What {@code http} can be told. */
final class HttpOptions {
    static final Option<URI> URL = Option.of(
            "url",
            new OptionType<>("an address such as https://example.org/data.json", HttpOptions::address),
            "What is polled; keys belong into query or headers.");
    static final Option<Map<String, String>> QUERY = Option.of(
                    "query",
                    new OptionType<>("a list such as [key=value]", text -> Pairs.parse(text, (name, value) -> value)),
                    "What is added to the address; never shown.")
            .withDefault("")
            .secret();
    static final Option<Map<String, String>> HEADERS = Option.of(
                    "headers",
                    new OptionType<>(
                            "a list such as [X-Key=abc] of headers that a client may set",
                            text -> Pairs.parse(text, HttpOptions::header)),
                    "The headers of the request; never shown.")
            .withDefault("")
            .secret();
    static final Option<Duration> INTERVAL = Option.duration(
                    "interval", Duration.ofSeconds(1), Duration.ofDays(1), "How often it is polled.")
            .withDefault("30s");
    static final Option<Duration> TIMEOUT = Option.duration(
                    "timeout", Duration.ofMillis(100), Duration.ofMinutes(5), "How long a whole answer may take.")
            .withDefault("20s");
    static final Option<Long> MOST_MEBIBYTES = Option.number(
                    "most-mebibytes", 1, 256, "How large an answer may be, unpacked; a larger one is an error.")
            .withDefault("16");
    static final Option<Unchanged> UNCHANGED = Option.choice(
                    "unchanged",
                    Unchanged.class,
                    "With time: observed, whether an item that is as it was is left out or is a new measurement.")
            .withDefault("skip");
    static final Option<TimePlace> TIME = Option.of(
            "time",
            new OptionType<>("a JSON pointer such as /time, or observed", HttpOptions::time),
            "Where an item's time is; observed takes the clock's when the answer came.");

    static final ConfigSpec SPEC = MappingOptions.spec(
            List.of(URL, QUERY, HEADERS, INTERVAL, TIMEOUT, MOST_MEBIBYTES, UNCHANGED, TIME),
            attribute -> false,
            "no @, which an answer over HTTP has nothing for");

    /** What becomes of an item without a time of its own that is as it was at the poll before. */
    enum Unchanged {
        SKIP,
        SEND
    }

    private HttpOptions() {}

    private static URI address(String text) {
        URI uri = URI.create(text);
        if (uri.getHost() == null || !List.of("http", "https").contains(uri.getScheme()) || uri.getUserInfo() != null) {
            throw new IllegalArgumentException("no address");
        }
        return uri;
    }

    /** Asks the client itself whether it would send the header. */
    private static String header(String name, String value) {
        HttpRequest.newBuilder().header(name, value);
        return value;
    }

    private static TimePlace time(String text) {
        TimePlace place = TimePlace.parse(text);
        if (place instanceof TimePlace.Stamped) {
            throw new IllegalArgumentException("an answer is no record");
        }
        return place;
    }
}
