package candlestack.analytics.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import candlestack.analytics.compute.quote.EventId;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process's deliveries between a real broker and a real PostgreSQL; each test uses symbols of its own. */
class SinksTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    static Path home;

    private static TestStack stack;

    /** Deliveries of this test that died. */
    private final AtomicInteger deaths = new AtomicInteger();

    private Sinks sinks;

    @BeforeAll
    static void startServices() throws Exception {
        stack = TestStack.start(home);
    }

    @AfterAll
    static void stopServices() {
        stack.close();
    }

    @BeforeEach
    void startSinks() {
        sinks = start();
    }

    @AfterEach
    void stopSinks() {
        sinks.close();
        assertThat(deaths).hasValue(0);
    }

    @Test
    void aBarIsInBothStoresInItsLastVersion() throws Exception {
        stack.send(
                "market.bars",
                "A",
                TestStack.bar("A", "1m", "2026-01-02T03:04:00.000Z", 10, ",\"sma_20\":9.5,\"closed\":false"));
        stack.send(
                "market.bars",
                "A",
                TestStack.bar("A", "1m", "2026-01-02T03:04:00.000Z", 11, ",\"sma_20\":9.75,\"closed\":true"));
        stack.send("market.bars", "A", TestStack.bar("A", "1s", "2026-01-02T03:04:05.000Z", 12, ",\"closed\":true"));

        awaitRows(
                "select symbol, interval, ts at time zone 'UTC', open, high, low, close, volume, trades, vwap, sma_20,"
                        + " rsi_14, closed from market.bars where symbol = 'A'",
                "A|1m|2026-01-02 03:04:00|1|2|0.5|11|100.25|7|1.5|9.75|null|t");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stack.points("market", "symbol=A "))
                        .isEqualTo(Map.of(
                                "bar,interval=1m,symbol=A 1767323040000000000",
                                "open=1.0,high=2.0,low=0.5,close=11.0,volume=100.25,trades=7.0,vwap=1.5,sma_20=9.75",
                                "bar,interval=1s,symbol=A 1767323045000000000",
                                "open=1.0,high=2.0,low=0.5,close=12.0,volume=100.25,trades=7.0,vwap=1.5")));
        assertThat(stack.rows(
                        "select symbol, first_seen at time zone 'UTC' from market.instruments where symbol = 'A'"))
                .containsExactly("A|2026-01-02 03:04:00");
    }

    @Test
    void quotesKeepTheirMillisecondAndStayApartWithinIt() throws Exception {
        quote(
                "Q",
                "f#1000007",
                "\"time\":\"2026-01-02T03:04:05.123999Z\",\"price\":1.5,\"size\":2,\"bid\":1,\"ask\":2");
        quote("Q", "f#1000008", "\"time\":\"2026-01-02T03:04:05.123Z\",\"price\":1.25");
        quote(
                "Q",
                "f#1000007",
                "\"time\":\"2026-01-02T03:04:05.123999Z\",\"price\":1.5,\"size\":2,\"bid\":1,\"ask\":2");
        quote("Q", "f#1000009", "\"time\":\"2026-01-02T03:04:05.123Z\",\"price\":-1");
        quote("Q", "f#1000010", "\"time\":\"2226-01-02T03:04:05.123Z\",\"price\":1");
        quote("Q", "trade-a", "\"time\":\"2026-01-02T03:04:06Z\",\"price\":3");

        long hash = Math.floorMod(
                EventId.parse("trade-a".getBytes(StandardCharsets.UTF_8)).hash(), 1_000_000L);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stack.points("market", "quote,"))
                        .isEqualTo(Map.of(
                                "quote,source=feed\\ 1,symbol=Q 1767323045123000007",
                                "price=1.5,size=2.0,bid=1.0,ask=2.0",
                                "quote,source=feed\\ 1,symbol=Q 1767323045123000008",
                                "price=1.25",
                                "quote,source=feed\\ 1,symbol=Q " + (1767323046000000000L + hash),
                                "price=3.0")));
    }

    @Test
    void aRetractedSignalIsGoneFromBothStores() throws Exception {
        stack.send("market.signals", "R", signal("cross_up", ""));
        stack.send("market.signals", "R", signal("cross_down", ""));
        awaitRows("select kind from market.signals where symbol = 'R' order by 1", "cross_down", "cross_up");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(stack.points("market", "symbol=R ")).hasSize(2));

        stack.send("market.signals", "R", signal("cross_up", ",\"retracted\":true"));

        awaitRows(
                "select symbol, interval, ts at time zone 'UTC', kind, price, detail from market.signals"
                        + " where symbol = 'R'",
                "R|5m|2026-01-02 03:05:00|cross_down|10.5|SMA 20 over \"50\"");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stack.points("market", "symbol=R "))
                        .isEqualTo(Map.of(
                                "signal,interval=5m,kind=cross_down,symbol=R 1767323100000000000",
                                "price=10.5,text=\"SMA 20 over \\\"50\\\"\"")));
    }

    @Test
    void whatIsKnownOfASymbolJoinsWhatItsBarsSaid() throws Exception {
        stack.send("market.instruments", "I", "{\"symbol\":\"I\",\"name\":\"Old\",\"source\":\"s\"}");
        stack.send(
                "market.instruments",
                "I",
                "{\"symbol\":\"I\",\"name\":\"Ivory\",\"exchange\":\"X\",\"currency\":\"EUR\",\"type\":\"equity\","
                        + "\"sector\":\"tech\",\"source\":\"s\"}");
        stack.send("market.bars", "I", TestStack.bar("I", "1m", "2026-01-02T03:04:00.000Z", 10, ""));
        stack.send("market.bars", "I", TestStack.bar("I", "1d", "2026-01-02T00:00:00.000Z", 10, ""));

        awaitRows(
                "select name, exchange, currency, type, sector, source, first_seen at time zone 'UTC'"
                        + " from market.instruments where symbol = 'I'",
                "Ivory|X|EUR|equity|tech|s|2026-01-02 00:00:00");
    }

    @Test
    void aStoreThatIsAwayDelaysOnlyItselfAndCatchesUp() throws Exception {
        stack.postgres.stop();
        try {
            for (int minute = 0; minute < 50; minute++) {
                String time = "2026-01-02T03:%02d:00.000Z".formatted(minute);
                stack.send("market.bars", "D", TestStack.bar("D", "1m", time, minute, ""));
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(stack.points("market", "symbol=D ")).hasSize(50));
            await().atMost(PATIENCE)
                    .until(() -> sink("postgres").path("state").asText().equals("waiting"));
            assertThat(sink("postgres").path("problem").asText()).startsWith("PostgreSQL at " + stack.postgres.url());
            assertThat(sink("influxdb").path("state").asText()).isEqualTo("delivering");
        } finally {
            stack.postgres.start();
        }

        awaitRows("select count(*), sum(close) from market.bars where symbol = 'D'", "50|1225");
        await().atMost(PATIENCE)
                .until(() -> sink("postgres").path("state").asText().equals("delivering"));
        assertThat(sink("postgres").path("retries").asLong()).isPositive();
    }

    @Test
    void theOtherStoreAwayIsTheSame() throws Exception {
        stack.influx.stop();
        try {
            stack.send("market.bars", "E", TestStack.bar("E", "1m", "2026-01-02T03:04:00.000Z", 1, ""));
            awaitRows("select close from market.bars where symbol = 'E'", "1");
            await().atMost(PATIENCE)
                    .until(() -> sink("influxdb").path("state").asText().equals("waiting"));
            assertThat(stack.points("market", "symbol=E ")).isEmpty();
        } finally {
            stack.influx.start();
        }

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(stack.points("market", "symbol=E ")).hasSize(1));
    }

    @Test
    void aRowThatAStoreRefusesBecomesADeadLetterAndTheOthersAreStored() throws Exception {
        sinks.close();
        // PostgreSQL's texts hold no NUL; the fake InfluxDB refuses the word.
        String refused = TestStack.bar("P\\u0000-poison", "1m", "2026-01-02T03:04:00.000Z", 3, "");
        stack.send("market.bars", "P", TestStack.bar("P", "1m", "2026-01-02T03:03:00.000Z", 2, ""));
        stack.send("market.bars", "P", refused);
        stack.send("market.bars", "P", "{\"symbol\":\"P\",\"interval\":\"1m\",\"time\":\"yesterday\"}");
        stack.send("market.bars", "P", TestStack.bar("P", "1m", "2026-01-02T03:05:00.000Z", 4, ""));
        sinks = start();

        awaitRows("select close from market.bars where symbol = 'P' order by ts", "2", "4");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(stack.points("market", "symbol=P ")).hasSize(2));
        awaitRows(
                "select origin, text, split_part(id, '/', 2), left(reason, 60) from pipeline.dead_letters"
                        + " where text like '%poison%' or text like '%yesterday%' order by text collate \"C\", 3",
                "market.bars|{\"symbol\":\"P\",\"interval\":\"1m\",\"time\":\"yesterday\"}|influxdb|"
                        + "Cannot store in influxdb: Invalid time: 'yesterday', expecte",
                "market.bars|{\"symbol\":\"P\",\"interval\":\"1m\",\"time\":\"yesterday\"}|postgres|"
                        + "Cannot store in postgres: Invalid time: 'yesterday', expecte",
                "market.bars|" + refused + "|influxdb|Cannot store in influxdb: InfluxDB at " + stack.influx.url(),
                "market.bars|" + refused + "|postgres|Cannot store in postgres: PostgreSQL at jdbc:postgresql://12");
    }

    @Test
    void everythingDeliveredAgainChangesNothing() throws Exception {
        stack.send("market.bars", "T", TestStack.bar("T", "1m", "2026-01-02T03:04:00.000Z", 10, ""));
        stack.send("market.bars", "T", TestStack.bar("T", "1m", "2026-01-02T03:05:00.000Z", 11, ""));
        stack.send("market.signals", "T", signal("cross_up", "").replace("\"R\"", "\"T\""));
        awaitRows("select count(*) from market.bars where symbol = 'T'", "2");
        awaitRows("select count(*) from market.signals where symbol = 'T'", "1");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(stack.points("market", "symbol=T ")).hasSize(3));
        List<String> tables = snapshot();
        Map<String, String> points = stack.influx.points("market");
        sinks.close();

        forgetOffsets();
        sinks = start();

        await().atMost(PATIENCE).until(() -> sink("postgres").path("written").asLong() > 0);
        await().atMost(PATIENCE)
                .until(() -> sink("postgres").path("backlog").asLong() == 0
                        && sink("influxdb").path("backlog").asLong() <= 4);
        assertThat(snapshot()).isEqualTo(tables);
        assertThat(stack.influx.points("market")).isEqualTo(points);
    }

    @Test
    void theEndpointTellsHowFreshEachTopicIsAndAnswersNothingButGet() throws Exception {
        stack.send("market.bars", "F", TestStack.bar("F", "1m", "2026-01-02T03:04:00.000Z", 10, ""));

        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode bars = get("/pipeline/streams").path(1);
            assertThat(bars.path("topic").asText()).isEqualTo("market.bars");
            assertThat(bars.path("records").asLong()).isPositive();
            assertThat(bars.path("backlog").asLong()).isZero();
            assertThat(bars.path("age_seconds").asDouble()).isBetween(0.0, 30.0);
        });
        assertThat(get("/health").path("status").asText()).isEqualTo("pass");
        HttpRequest post = request("/health")
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(post, BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(405);
        assertThat(get("/pipeline/nothing").path("message").asText())
                .startsWith("No such page; there are /health, /pipeline/sinks, /pipeline/streams");
    }

    @Test
    void everySinkReportsEverySecond() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            Map<String, String> reports = stack.influx.points("pipeline");
            assertThat(reports.keySet()).anyMatch(key -> key.startsWith("sink,name=postgres "));
            assertThat(reports.keySet()).anyMatch(key -> key.startsWith("sink,name=influxdb "));
            assertThat(reports.values())
                    .anyMatch(
                            fields -> fields.matches("written=[0-9.]+,retries=0.0,failed=0.0,backlog=.*latency_ms=.*"));
        });
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode file = new JsonMapper().readTree(Files.readString(home.resolve("run/sinks-status.json")));
            assertThat(file.path("sinks").findValuesAsText("name"))
                    .contains("influxdb", "influxdb-quotes", "influxdb-points", "postgres", "postgres-votes");
        });
    }

    @Test
    void aStoreThatHangsDoesNotKeepTheProcessFromEnding() throws Exception {
        sinks.close();
        HangingDelivery hanging = new HangingDelivery();
        Sinks stuck = Sinks.start(stack.settings, List.of(hanging), () -> {});
        stack.send("market.bars", "H", TestStack.bar("H", "1m", "2026-01-02T03:04:00.000Z", 1, ""));
        assertThat(hanging.asked.await(20, TimeUnit.SECONDS)).isTrue();

        long start = System.nanoTime();
        stuck.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    private Sinks start() {
        return Sinks.start(stack.settings, deaths::incrementAndGet);
    }

    private static void quote(String symbol, String id, String fields) throws ExecutionException, InterruptedException {
        String value = "{\"symbol\":\"" + symbol + "\"," + fields + ",\"source\":\"feed 1\"}";
        ProducerRecord<String, String> record = new ProducerRecord<>("market.quotes", symbol, value);
        record.headers()
                .add("source", "feed 1".getBytes(StandardCharsets.UTF_8))
                .add("event-id", id.getBytes(StandardCharsets.UTF_8));
        stack.send(record);
    }

    private static String signal(String kind, String more) {
        return "{\"symbol\":\"R\",\"time\":\"2026-01-02T03:05:00.000Z\",\"kind\":\"%s\",\"interval\":\"5m\","
                        .formatted(kind)
                + "\"price\":10.5,\"detail\":\"SMA 20 over \\\"50\\\"\"" + more + "}";
    }

    private static void awaitRows(String query, String... expected) {
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(SQLException.class)
                .untilAsserted(() -> assertThat(stack.rows(query)).containsExactly(expected));
    }

    private static List<String> snapshot() throws SQLException {
        List<String> all = new ArrayList<>(stack.rows("select * from market.bars order by 1, 2, 3"));
        all.addAll(stack.rows("select * from market.signals order by 1, 2, 3, 4"));
        all.addAll(stack.rows("select * from market.instruments order by 1"));
        return all;
    }

    /** As after a crash before the first commit. */
    private static void forgetOffsets() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.kafka.bootstrap()))) {
            admin.deleteConsumerGroups(List.of("sinks-postgres", "sinks-influxdb"))
                    .all()
                    .get();
        }
    }

    private JsonNode sink(String name) throws IOException, InterruptedException {
        for (JsonNode sink : get("/pipeline/sinks")) {
            if (sink.path("name").asText().equals(name)) {
                return sink;
            }
        }
        throw new AssertionError("no sink " + name);
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return new JsonMapper()
                .readTree(HttpClient.newHttpClient()
                        .send(request(path).build(), BodyHandlers.ofByteArray())
                        .body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + sinks.statusPort() + path));
    }
}
