package candlestack.viewer.query;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Flux against InfluxDB 2's query endpoint, with the reader's token. */
public final class InfluxEngine implements QueryEngine {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Object> DIALECT =
            Map.of("annotations", List.of("datatype", "group", "default"), "delimiter", ",", "header", true);

    private final Http http;
    private final URI endpoint;
    private final FluxText fluxText;
    private final Supplier<Optional<String>> token;
    private final Limits limits;

    /** @param token asked at each query, since the store may be set up after the viewer has started */
    public InfluxEngine(
            HttpClient client,
            String url,
            String organization,
            String defaultBucket,
            Supplier<Optional<String>> token,
            Limits limits) {
        this.http = new Http(client, "InfluxDB", url, limits);
        this.endpoint =
                URI.create(url + "/api/v2/query?org=" + URLEncoder.encode(organization, StandardCharsets.UTF_8));
        this.fluxText = new FluxText(organization, defaultBucket);
        this.token = requireNonNull(token, "token is null");
        this.limits = requireNonNull(limits, "limits is null");
    }

    @Override
    public List<Frame> run(JsonNode target, Scope scope, Cancellation cancellation) {
        String flux = fluxText.interpolate(target.path("query").asText(), scope);
        String secret = token.get()
                .orElseThrow(() -> new QueryException(
                        "Cannot query InfluxDB: its reader token is not there yet; the first start makes it"));
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(limits.timeout())
                .header("Authorization", "Token " + secret)
                .header("Content-Type", "application/json")
                .header("Accept", "application/csv")
                .POST(BodyPublishers.ofString(body(flux)))
                .build();
        HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream(), cancellation);
        try (InputStream answer = response.body()) {
            if (response.statusCode() != 200) {
                throw new QueryException("InfluxDB answered " + response.statusCode() + ": " + message(answer));
            }
            return FluxFrames.read(answer, limits);
        } catch (IOException e) {
            throw new QueryException("Cannot read the answer of InfluxDB: " + e.getMessage(), e);
        }
    }

    private static String body(String flux) {
        try {
            return JSON.writeValueAsString(Map.of("query", flux, "type", "flux", "dialect", DIALECT));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write a query as JSON", e);
        }
    }

    private static String message(InputStream answer) throws IOException {
        String text = new String(answer.readNBytes(4096), StandardCharsets.UTF_8);
        try {
            return JSON.readTree(text).path("message").asText(text);
        } catch (JsonProcessingException e) {
            return text;
        }
    }
}
