package candlestack.setup;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The few requests of InfluxDB 2's management API that setting up takes. */
final class InfluxApi {
    private static final Duration REQUEST = Duration.ofSeconds(15);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String url;

    /**
     * An answer of the server.
     *
     * @param body the null node where there is none
     */
    record Answer(int status, JsonNode body) {
        boolean successful() {
            return status / 100 == 2;
        }

        /** The server's own words. */
        String message() {
            return body.path("message").asText("HTTP status " + status);
        }
    }

    InfluxApi(String url) {
        this.url = requireNonNull(url, "url is null").replaceAll("/+$", "");
    }

    String url() {
        return url;
    }

    Answer get(String path, String token) throws IOException, InterruptedException {
        return send(request(path, token).GET());
    }

    Answer post(String path, String token, JsonNode body) throws IOException, InterruptedException {
        return send(request(path, token).POST(BodyPublishers.ofString(body.toString())));
    }

    Answer patch(String path, String token, JsonNode body) throws IOException, InterruptedException {
        return send(request(path, token).method("PATCH", BodyPublishers.ofString(body.toString())));
    }

    /** @param token empty for the requests that nobody has to be known for */
    private HttpRequest.Builder request(String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(REQUEST)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json");
        return token.isEmpty() ? request : request.header("Authorization", "Token " + token);
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), parsed(response.body()));
    }

    private static JsonNode parsed(byte[] body) throws IOException {
        try {
            return body.length == 0 ? JSON.nullNode() : JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.nullNode(); // a proxy's page: the status says it all
        }
    }
}
