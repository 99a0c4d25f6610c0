package candlestack.local.query;

import static java.util.Objects.requireNonNull;

import candlestack.config.Keys;
import candlestack.config.Secrets;
import candlestack.config.Settings;
import candlestack.local.LauncherException;
import candlestack.local.console.RowWriter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Asks InfluxDB, embedded or not, as the reader, who can write nothing. */
public final class FluxQuery {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Map<String, Object> DIALECT = Map.of("annotations", List.of("datatype"), "header", true);

    private final Settings settings;
    private final Secrets secrets;

    public FluxQuery(Settings settings, Secrets secrets) {
        this.settings = requireNonNull(settings, "settings is null");
        this.secrets = requireNonNull(secrets, "secrets is null");
    }

    /** @throws LauncherException when there is no answer, or it is no */
    public void run(String flux, RowWriter rows) throws IOException, InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).build();
        HttpResponse<InputStream> answer;
        try {
            answer = client.send(request(flux), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw LauncherException.failed("Cannot reach InfluxDB at " + settings.influxdbUrl()
                    + ": is the stack running? './candlestack status' tells");
        }
        try (InputStream body = answer.body()) {
            if (answer.statusCode() != 200) {
                throw LauncherException.failed("Cannot query: " + reason(body.readAllBytes(), answer.statusCode()));
            }
            new FluxCsv(rows).read(new InputStreamReader(body, StandardCharsets.UTF_8));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private HttpRequest request(String flux) throws IOException {
        String org = URLEncoder.encode(settings.get(Keys.INFLUXDB_ORG), StandardCharsets.UTF_8);
        byte[] body = JSON.writeValueAsBytes(Map.of("query", flux, "type", "flux", "dialect", DIALECT));
        return HttpRequest.newBuilder(URI.create(settings.influxdbUrl() + "/api/v2/query?org=" + org))
                .header("Authorization", "Token " + token())
                .header("Content-Type", "application/json")
                .header("Accept", "application/csv")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    private String token() {
        return secrets.find(Secrets.INFLUXDB_READER)
                .orElseThrow(() -> LauncherException.failed("Cannot query: there is no secret "
                        + Secrets.INFLUXDB_READER + " yet; the first './candlestack up' makes it"));
    }

    private static String reason(byte[] body, int status) throws IOException {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        if (!text.startsWith("{")) {
            return "status " + status + (text.isEmpty() ? "" : ", " + text);
        }
        return JSON.readTree(text).path("message").asText("status " + status);
    }
}
