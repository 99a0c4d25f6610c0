package candlestack.ingest.feeds.http;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.Config;
import candlestack.ingest.api.SourceContext;
import candlestack.ingest.feeds.mapping.Mapping;
import candlestack.ingest.feeds.mapping.MappingOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The options of one instance; {@link HttpOptions} says what they mean.
 *
 * @param url as it is written, without the query that may be a secret
 * @param address with it
 * @param mostBytes of an answer, unpacked
 */
record HttpConfig(
        URI url,
        URI address,
        Map<String, String> headers,
        Duration interval,
        Duration timeout,
        int mostBytes,
        HttpOptions.Unchanged unchanged,
        Mapping mapping) {
    HttpConfig {
        requireNonNull(url, "url is null");
        requireNonNull(address, "address is null");
        headers = Map.copyOf(headers);
        requireNonNull(interval, "interval is null");
        requireNonNull(timeout, "timeout is null");
        requireNonNull(unchanged, "unchanged is null");
        requireNonNull(mapping, "mapping is null");
    }

    static HttpConfig of(SourceContext context) {
        Config config = context.config();
        return new HttpConfig(
                config.get(HttpOptions.URL),
                withQuery(config.get(HttpOptions.URL), config.get(HttpOptions.QUERY)),
                config.get(HttpOptions.HEADERS),
                config.get(HttpOptions.INTERVAL),
                config.get(HttpOptions.TIMEOUT),
                Math.toIntExact(config.get(HttpOptions.MOST_MEBIBYTES)) << 20,
                config.get(HttpOptions.UNCHANGED),
                MappingOptions.mapping(config, config.get(HttpOptions.TIME), context.instance()));
    }

    private static URI withQuery(URI url, Map<String, String> query) {
        if (query.isEmpty()) {
            return url;
        }
        String added = query.entrySet().stream()
                .map(pair -> encoded(pair.getKey()) + "=" + encoded(pair.getValue()))
                .collect(Collectors.joining("&"));
        String written = url.toString();
        int fragment = written.indexOf('#');
        String plain = fragment < 0 ? written : written.substring(0, fragment);
        return URI.create(plain + (url.getRawQuery() == null ? "?" : "&") + added);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
