package candlestack.influxdb.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import candlestack.influxdb.store.StoreOptions;
import candlestack.influxdb.store.SyncPolicy;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** A server on a free port, set up with an organisation, a bucket and a token, and a client that knows them. */
final class ServerFixture implements AutoCloseable {
    static final String ORG = "my-org";
    static final String BUCKET = "my-bucket";
    static final String TOKEN = "my-token";
    static final Limits LIMITS =
            new Limits(1 << 20, 64 << 20, 64 << 20, 2, Duration.ofSeconds(20), Duration.ofMillis(200));

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path directory;
    private final Limits limits;
    private ApiServer server;

    ServerFixture(Path directory) {
        this(directory, LIMITS);
    }

    ServerFixture(Path directory, Limits limits) {
        this.directory = directory;
        this.limits = limits;
        open();
        if (get("/api/v2/setup", "").json().path("allowed").asBoolean()) {
            post("/api/v2/setup", "", """
                    {"username":"my-user","password":"my-password","org":"my-org","bucket":"my-bucket","token":"my-token"}
                    """);
        }
    }

    /** An answer, its body as text. */
    record Answer(int status, HttpResponse<String> response) {
        String body() {
            return response.body();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        JsonNode json() {
            try {
                return JSON.readTree(body());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    void restart() {
        server.close();
        open();
    }

    String url() {
        return server.url();
    }

    ApiServer server() {
        return server;
    }

    Answer write(String lines) {
        return write(lines, BUCKET, TOKEN);
    }

    Answer write(String lines, String bucket, String token) {
        return post("/api/v2/write?org=" + ORG + "&bucket=" + bucket, token, lines);
    }

    Answer get(String path, String token) {
        return send(request(path, token).GET());
    }

    Answer post(String path, String token, String body) {
        return send(request(path, token).POST(BodyPublishers.ofString(body)));
    }

    HttpRequest.Builder request(String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path));
        return token.isEmpty() ? request : request.header("Authorization", "Token " + token);
    }

    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String organizationId() {
        return get("/api/v2/orgs?org=" + ORG, TOKEN)
                .json()
                .path("orgs")
                .path(0)
                .path("id")
                .asText();
    }

    String bucketId(String name) {
        return get("/api/v2/buckets?name=" + URLEncoder.encode(name, UTF_8), TOKEN)
                .json()
                .path("buckets")
                .path(0)
                .path("id")
                .asText();
    }

    /** Makes a bucket for ever; returns its id. */
    String createBucket(String name) {
        return post(
                        "/api/v2/buckets",
                        TOKEN,
                        "{\"orgID\":\"" + organizationId() + "\",\"name\":\"" + name + "\",\"retentionRules\":[]}")
                .json()
                .path("id")
                .asText();
    }

    /** Makes a token for one action on one bucket. */
    String createToken(String action, String bucketId) {
        String organization = organizationId();
        String body = """
                {"orgID":"%s","permissions":[{"action":"%s","resource":{"type":"buckets","id":"%s","orgID":"%s"}}]}""".formatted(organization, action, bucketId, organization);
        return post("/api/v2/authorizations", TOKEN, body).json().path("token").asText();
    }

    @Override
    public void close() {
        server.close();
    }

    private void open() {
        try {
            server = ApiServer.start(
                    directory, 0, StoreOptions.forHeap(256 << 20, SyncPolicy.EVERY_SECOND), limits, Clock.systemUTC());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
