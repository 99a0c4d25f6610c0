package candlestack.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import candlestack.viewer.files.DashboardFiles;
import candlestack.viewer.query.QueryEngine;
import candlestack.viewer.query.QueryException;
import candlestack.viewer.stub.StubViewer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViewerServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static StubViewer viewer;

    @BeforeAll
    static void start() {
        viewer = StubViewer.start();
    }

    @AfterAll
    static void stop() {
        viewer.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/dashboards",
                "/d/market",
                "/d/symbol/symbol?var-symbol=X",
                "/assets/js/main.js",
                "/api/search"
            })
    void everyAnswerForbidsWhatAPageDoesNotNeed(String path) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        Map<String, String> expected = Map.of(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                        + " font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                "X-Content-Type-Options",
                "nosniff",
                "X-Frame-Options",
                "DENY",
                "Referrer-Policy",
                "no-referrer",
                "Cross-Origin-Resource-Policy",
                "same-origin");
        expected.forEach((name, value) ->
                assertThat(answer.headers().firstValue(name)).as(name).hasValue(value));
        assertThat(answer.headers().firstValue("Server")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example", "localhost.evil.example:3000", "192.168.1.7", ""})
    void aNameThatIsNotThisMachinesIsRefused(String host) throws IOException {
        assertThat(raw("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .matches("(?s)HTTP/1.1 (421|400) .*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost:3000", "[::1]:3000"})
    void namesOfThisMachineAreAnswered(String host) throws IOException {
        assertThat(raw("GET /api/health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void pagesOfOtherSitesCannotAsk() throws Exception {
        HttpRequest foreign = HttpRequest.newBuilder(URI.create(viewer.url() + "/api/search"))
                .header("Sec-Fetch-Site", "cross-site")
                .build();
        assertThat(CLIENT.send(foreign, BodyHandlers.ofString()).statusCode()).isEqualTo(403);

        HttpRequest form = HttpRequest.newBuilder(URI.create(viewer.url() + "/api/query"))
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(panel(1).toString()))
                .build();
        HttpResponse<String> refused = CLIENT.send(form, BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("expected the content type application/json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/../logback.xml",
                "/assets/%2e%2e/logback.xml",
                "/assets/js/..%2f..%2findex.html",
                "/assets/js/none.js",
                "/logback.xml",
                "/api/none",
                "/d/a/b/c"
            })
    void nothingButThePageIsServed(String path) throws IOException {
        assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .matches("(?s)HTTP/1.1 (404|400) .*");
    }

    @Test
    void answersTheFramesOfAPanelOfTheFiles() throws Exception {
        HttpResponse<String> answer = query(panel(1));

        JsonNode result = JSON.readTree(answer.body()).path("results").path("A");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(result.path("frames")
                        .path(0)
                        .path("schema")
                        .path("fields")
                        .path(0)
                        .path("type")
                        .asText())
                .isEqualTo("time");
        assertThat(result.path("frames")
                        .path(0)
                        .path("data")
                        .path("values")
                        .path(1)
                        .size())
                .isGreaterThan(10);
        assertThat(answer.headers().firstValue("X-Dashboard-Version")).isPresent();
    }

    @Test
    void nobodySendsAQueryOfTheirOwn() throws Exception {
        viewer.log().clear();
        ObjectNode request = panel(1);
        request.put("query", "from(bucket: \"secret\")").put("rawSql", "SELECT 1");
        request.putArray("targets").addObject().put("query", "from(bucket: \"secret\")");

        assertThat(query(request).statusCode()).isEqualTo(200);
        assertThat(viewer.log().texts()).hasSize(1).noneMatch(text -> text.contains("secret"));
    }

    @Test
    void saysWhatIsWrongWithARequest() throws Exception {
        assertThat(message(panel(1).put("dashboardUid", "none"))).isEqualTo("Cannot find dashboard 'none'");
        assertThat(message(panel(999))).isEqualTo("Cannot find panel 999 in dashboard 'market'");
        assertThat(message(panel(1).put("to", 5))).startsWith("Invalid time range: from ");
        assertThat(message(panel(1).put("from", "now-1h"))).isEqualTo("Invalid from: expected milliseconds since 1970");
        assertThat(message(panel(1).put("maxDataPoints", 0)))
                .isEqualTo("Invalid maxDataPoints: 0, expected 1 to 30000");
        ObjectNode nothing = panel(1);
        nothing.remove("panelId");
        assertThat(message(nothing)).isEqualTo("Invalid request: expected one of panelId, annotation, variable");
    }

    @Test
    void refusesValuesThatTheFileDoesNotOffer() throws Exception {
        ObjectNode request = panel(7).put("dashboardUid", "symbol");
        request.putObject("variables").put("symbol", "TEC1").put("interval", "7m");
        assertThat(message(request)).isEqualTo("Invalid variable 'interval': '7m' is none of 1s,1m,5m,15m,1h,1d");

        request.putObject("variables")
                .put("interval", "1m")
                .putArray("symbol")
                .add("A")
                .add("B");
        assertThat(message(request)).isEqualTo("Invalid variable 'symbol': it takes one value, not 2");
    }

    @Test
    void answersVariablesAndAnnotations() throws Exception {
        ObjectNode variable = panel(1).put("dashboardUid", "symbol").put("variable", "symbol");
        variable.remove("panelId");
        assertThat(query(variable).body()).contains("BTC-USD", "TEC5");

        ObjectNode annotation = panel(1).put("annotation", "Signals");
        annotation.remove("panelId");
        assertThat(query(annotation).body()).contains("\"Signals\":{", "\"name\":\"time\",\"type\":\"time\"");
    }

    @Test
    void aPanelKeepsWhatOtherTargetsAnswerWhenOneFails() throws Exception {
        QueryEngine broken = (target, scope, cancellation) -> {
            throw new QueryException("Cannot reach InfluxDB at http://127.0.0.1:8086: nobody listens there");
        };
        try (StubViewer other = StubViewer.start(StubViewer.GRAFANA, Map.of("influxdb", broken))) {
            JsonNode results =
                    JSON.readTree(post(other, "/api/query", panel(1)).body()).path("results");

            assertThat(results.path("A").path("error").asText()).contains("nobody listens there");
            assertThat(results.path("A").path("frames")).isEmpty();
        }
    }

    @Test
    void aNewerQuestionAndAClosedPageEndTheOlderOne() {
        CountDownLatch running = new CountDownLatch(2);
        List<String> ended = new CopyOnWriteArrayList<>();
        QueryEngine patient = (target, scope, cancellation) -> {
            running.countDown();
            await().until(cancellation::isCancelled);
            ended.add(target.path("refId").asText());
            throw new QueryException("The query was cancelled");
        };
        try (StubViewer other = StubViewer.start(StubViewer.GRAFANA, Map.of("influxdb", patient))) {
            Thread first = ask(other, panel(1));
            await().until(() -> running.getCount() == 1);
            Thread second = ask(other, panel(1));
            await().untilAsserted(() -> assertThat(ended).hasSize(1));

            assertThat(post(other, "/api/cancel", JSON.createObjectNode().put("client", "page"))
                            .statusCode())
                    .isEqualTo(200);

            await().untilAsserted(() -> assertThat(ended).hasSize(2));
            await().until(() -> !first.isAlive() && !second.isAlive());
        }
    }

    @Test
    void namesThePortThatIsTaken() {
        int port = URI.create(viewer.url()).getPort();
        assertThatThrownBy(() -> {
                    try (ViewerServer second = new ViewerServer(
                            port, new DashboardFiles(StubViewer.GRAFANA, System::nanoTime), List.of(), Map.of())) {
                        second.start();
                    }
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Cannot listen on 127.0.0.1:" + port + " (grafana.port): ");
    }

    private static Thread ask(StubViewer server, ObjectNode request) {
        Thread thread = new Thread(() -> post(server, "/api/query", request));
        thread.start();
        return thread;
    }

    private static ObjectNode panel(int id) {
        return JSON.createObjectNode()
                .put("client", "page/panel")
                .put("dashboardUid", "market")
                .put("panelId", id)
                .put("from", 1_767_322_800_000L)
                .put("to", 1_767_326_400_000L);
    }

    private static String message(ObjectNode request) throws IOException {
        HttpResponse<String> answer = query(request);
        assertThat(answer.statusCode()).isEqualTo(400);
        return JSON.readTree(answer.body()).path("message").asText();
    }

    private static HttpResponse<String> query(ObjectNode request) {
        return post(viewer, "/api/query", request);
    }

    private static HttpResponse<String> post(StubViewer server, String path, ObjectNode body) {
        return send(HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build());
    }

    private static HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(viewer.url() + path)).build());
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What no HTTP client would send. */
    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), URI.create(viewer.url()).getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
