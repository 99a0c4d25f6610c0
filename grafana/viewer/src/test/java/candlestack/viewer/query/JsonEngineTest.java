package candlestack.viewer.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import candlestack.viewer.query.Frame.Field;
import candlestack.viewer.query.Frame.FieldType;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JsonEngineTest {
    private static final Scope SCOPE = new Scope(
            new TimeRange(Instant.EPOCH, Instant.EPOCH.plusSeconds(60)),
            Duration.ofSeconds(1),
            new Variables(List.of()));

    private HttpServer endpoint;
    private String answer = "";
    private String path;

    @BeforeEach
    void start() throws IOException {
        endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint.createContext("/", exchange -> {
            path = exchange.getRequestURI().toString();
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.isEmpty() ? 503 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        endpoint.start();
    }

    @AfterEach
    void stop() {
        endpoint.stop(0);
    }

    @Test
    void readsTheColumnsOfEachElement() throws JsonProcessingException {
        answer =
                "{\"data\":{\"rows\":[{\"name\":\"a\",\"n\":{\"count\":3},\"at\":\"2026-01-02T03:00:00Z\",\"ok\":true},"
                        + "{\"name\":null,\"n\":{\"count\":\"x\"}}]}}";

        List<Frame> frames = run("{\"refId\":\"A\",\"url\":\"/sinks\",\"root_selector\":\"data.rows\",\"columns\":["
                + "{\"selector\":\"name\",\"text\":\"Name\",\"type\":\"string\"},"
                + "{\"selector\":\"n.count\",\"text\":\"Count\",\"type\":\"number\"},"
                + "{\"selector\":\"at\",\"text\":\"At\",\"type\":\"timestamp\"},"
                + "{\"selector\":\"ok\",\"text\":\"Ok\",\"type\":\"boolean\"}]}");

        assertThat(path).isEqualTo("/sinks");
        assertThat(frames)
                .containsExactly(new Frame(
                        "A",
                        List.of(
                                new Field("Name", FieldType.STRING, Map.of(), Arrays.asList("a", null)),
                                new Field("Count", FieldType.NUMBER, Map.of(), Arrays.asList(3.0, null)),
                                new Field(
                                        "At",
                                        FieldType.TIME,
                                        Map.of(),
                                        Arrays.asList(
                                                Instant.parse("2026-01-02T03:00:00Z")
                                                        .toEpochMilli(),
                                                null)),
                                new Field("Ok", FieldType.BOOLEAN, Map.of(), Arrays.asList(true, null)))));
    }

    @Test
    void asksNobodyButTheEndpoint() {
        for (String url : List.of("http://example.com/", "//example.com/", "/a/../../b", "x")) {
            assertThatThrownBy(() -> run("{\"url\":\"" + url + "\"}"))
                    .hasMessage("Invalid url '" + url + "': expected a path such as /sinks");
        }
        assertThat(path).isNull();
    }

    @Test
    void saysWhatIsWrongWithTheAnswer() {
        assertThatThrownBy(() -> run("{\"url\":\"/sinks\"}")).hasMessage("The status endpoint answered 503 to /sinks");
        answer = "{}";
        assertThatThrownBy(() -> run("{\"url\":\"/sinks\",\"root_selector\":\"rows\"}"))
                .hasMessage("Cannot find 'rows' in the JSON of /sinks");
    }

    private List<Frame> run(String target) throws JsonProcessingException {
        String url = "http://127.0.0.1:" + endpoint.getAddress().getPort();
        return new JsonEngine(HttpClient.newHttpClient(), url, Limits.DEFAULT)
                .run(new ObjectMapper().readTree(target), SCOPE, new Cancellation());
    }
}
