package candlestack.viewer.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InfluxEngineTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode TARGET =
            JSON.createObjectNode().put("query", "from(bucket: v.defaultBucket) |> range(start: v.timeRangeStart)");
    private static final Scope SCOPE = new Scope(
            new TimeRange(Instant.parse("2026-01-02T03:00:00Z"), Instant.parse("2026-01-02T04:00:00Z")),
            Duration.ofSeconds(5),
            new Variables(List.of()));

    private final CountDownLatch release = new CountDownLatch(1);
    private HttpServer store;
    private String authorization;
    private JsonNode asked;
    private int status = 200;
    private String answer = "";

    @BeforeEach
    void startStore() throws IOException {
        store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store.setExecutor(Executors.newCachedThreadPool());
        store.createContext("/api/v2/query", exchange -> {
            authorization = exchange.getRequestHeaders().getFirst("Authorization");
            asked = JSON.readTree(exchange.getRequestBody());
            if (answer.equals("slow")) {
                awaitRelease();
            }
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        store.start();
    }

    @AfterEach
    void stopStore() {
        release.countDown();
        store.stop(0);
    }

    @Test
    void asksAsGrafanaDoesWithTheReadersToken() {
        answer = "#datatype,string,long,double\n#group,false,false,false\n#default,_result,,\n,result,table,x\n,,0,1\n";

        List<Frame> frames = engine("secret").run(TARGET, SCOPE, new Cancellation());

        assertThat(frames.get(0).fields().get(0).values()).containsExactly(1.0);
        assertThat(authorization).isEqualTo("Token secret");
        assertThat(asked.path("query").asText())
                .isEqualTo("from(bucket: \"market\") |> range(start: 2026-01-02T03:00:00Z)");
        assertThat(asked.path("type").asText()).isEqualTo("flux");
        assertThat(asked.path("dialect").toString())
                .contains("\"annotations\":[\"datatype\",\"group\",\"default\"]", "\"header\":true");
    }

    @Test
    void saysWhatTheStoreRefused() {
        status = 400;
        answer = "{\"code\":\"invalid\",\"message\":\"undefined identifier x\"}";

        assertThatThrownBy(() -> engine("secret").run(TARGET, SCOPE, new Cancellation()))
                .hasMessage("InfluxDB answered 400: undefined identifier x");
    }

    @Test
    void saysThatTheStoreIsNotThere() {
        store.stop(0);

        assertThatThrownBy(() -> engine("secret").run(TARGET, SCOPE, new Cancellation()))
                .hasMessage("Cannot reach InfluxDB at " + url() + ": nobody listens there");
    }

    @Test
    void saysThatTheTokenIsNotThereYet() {
        assertThatThrownBy(() -> engine(null).run(TARGET, SCOPE, new Cancellation()))
                .hasMessage("Cannot query InfluxDB: its reader token is not there yet; the first start makes it");
    }

    @Test
    void aCancelledQueryEndsAtOnce() throws Exception {
        answer = "slow";
        Cancellation cancellation = new Cancellation();
        CompletableFuture<List<Frame>> running =
                CompletableFuture.supplyAsync(() -> engine("secret").run(TARGET, SCOPE, cancellation));

        cancellation.cancel();

        assertThat(running.handle((frames, failure) -> failure.getCause().getMessage())
                        .get(5, TimeUnit.SECONDS))
                .isEqualTo("The query was cancelled");
    }

    @Test
    void aSlowStoreIsGivenUp() {
        answer = "slow";
        InfluxEngine impatient = new InfluxEngine(
                HttpClient.newHttpClient(),
                url(),
                "candlestack",
                "market",
                () -> Optional.of("secret"),
                new Limits(Duration.ofSeconds(1), 10));

        assertThatThrownBy(() -> impatient.run(TARGET, SCOPE, new Cancellation()))
                .hasMessage("Cannot reach InfluxDB at " + url() + ": no answer within 1 s");
    }

    private InfluxEngine engine(String token) {
        return new InfluxEngine(
                HttpClient.newHttpClient(),
                url(),
                "candlestack",
                "market",
                () -> Optional.ofNullable(token),
                Limits.DEFAULT);
    }

    private String url() {
        return "http://127.0.0.1:" + store.getAddress().getPort();
    }

    private void awaitRelease() {
        try {
            release.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
