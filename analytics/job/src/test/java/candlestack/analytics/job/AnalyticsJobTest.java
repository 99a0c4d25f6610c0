package candlestack.analytics.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import candlestack.analytics.compute.json.IsoTime;
import candlestack.config.Topic;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job as it runs in production, in a JVM of its own, against the real broker. */
class AnalyticsJobTest {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    /** With one and with two stages, and none that needs a secret. */
    private static final Map<String, String> MORE_STREAMS =
            Map.of("CANDLESTACK_ANALYTICS_STREAMS", "market,votes,devices,series");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path folder;

    private TestBroker broker;

    @BeforeEach
    void startBroker() throws Exception {
        broker = TestBroker.start(folder.resolve("kafka"));
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    @Test
    void killedTwiceInMidStreamItGivesTheBarsOfARunWithoutAFault() throws Exception {
        sendTwoHours(24_000);
        ExpectedMarket expected = ExpectedMarket.of(broker.records(Topic.MARKET_QUOTES));
        Map<String, String> smallBatches = Map.of("CANDLESTACK_ANALYTICS_BATCH", "2000");

        for (int bars = 1_000; bars <= 6_000; bars += 5_000) {
            int enough = bars;
            try (AnalyticsProcess job = start("killed" + bars + ".log", smallBatches)) {
                await().atMost(PATIENCE)
                        .until(() -> broker.records(Topic.MARKET_BARS).size() >= enough);
                job.kill();
            }
        }
        assertThat(ExpectedMarket.lastBars(broker.records(Topic.MARKET_BARS))).isNotEqualTo(expected.bars());

        try (AnalyticsProcess job = start("last.log", smallBatches)) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> ExpectedMarket.lastBars(broker.records(Topic.MARKET_BARS))
                            .equals(expected.bars()));
            assertThat(expected.deadLetters()).hasSizeGreaterThan(100);
            assertThat(ExpectedMarket.eventIds(broker.records(Topic.DEAD_LETTERS)))
                    .isEqualTo(expected.deadLetters());
            assertThat(broker.records(Topic.MARKET_SIGNALS)).hasSizeGreaterThan(50);
            job.kill();
        }
    }

    @Test
    void worksLiveStopsCleanlyGoesOnAfterALossAndRefusesAnotherVersionsCheckpoint() throws Exception {
        try (AnalyticsProcess job = start("first.log", MORE_STREAMS)) {
            job.awaitReady();
            broker.quote("A", null, quote("A", System.currentTimeMillis(), 10));
            broker.quote("B", "x", "{\"symbol\":\"B\"}".getBytes(UTF_8));
            broker.quote(null, null, null);
            String time = IsoTime.format(System.currentTimeMillis() * 1_000_000);
            broker.send(
                    Topic.SERIES_POINTS,
                    "weather",
                    "w#1",
                    "{\"series\":\"weather\",\"time\":\"" + time
                            + "\",\"tags\":{\"station\":\"berlin\"},\"fields\":{\"t\":3.5}}");
            broker.flush();
            awaitClosedSecond("A");
            awaitPoint(time);
            assertDeadLetters();
            assertCountsVotes();
            assertMetrics();
            assertDevices();
            long stopping = System.nanoTime();
            assertThat(job.stop()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - stopping)).isLessThan(Duration.ofSeconds(12));
        }
        for (int i = 0; i < 10; i++) {
            broker.quote("A", "more#" + i, quote("A", System.currentTimeMillis(), 20 + i));
        }
        broker.flush();
        broker.ageOut(4);
        try (AnalyticsProcess job = start("second.log", MORE_STREAMS)) {
            await().atMost(PATIENCE)
                    .until(() -> lastBar("A", "1d").path("close").asDouble() == 29);
            assertThat(lastBar("A", "1d").path("trades").asInt()).isEqualTo(5);
            await().atMost(PATIENCE)
                    .until(() -> Files.readString(folder.resolve("second.log"))
                            .contains("Stream market has lost 6 records that Kafka no longer held"));
            assertThat(job.stop()).isZero();
        }
        Files.writeString(folder.resolve("a home/checkpoints/market.version"), "0\n");
        try (AnalyticsProcess job = start("third.log", MORE_STREAMS)) {
            assertThat(job.awaitEnd()).isEqualTo(2);
            assertThat(Files.readString(folder.resolve("third.log")))
                    .contains("Cannot continue stream 'market' from ")
                    .contains("its state is of version 0, this release works with version 1. Delete that folder");
        }
    }

    @Test
    void aFailedQueryEndsTheProcessWithOneAndASignalBeforeTheFirstQueryWithZero() throws Exception {
        try (AnalyticsProcess job = start("failed.log", Map.of("CANDLESTACK_ANALYTICS_TRIGGER", "1ms"))) {
            broker.quote("A", "a#1", quote("A", System.currentTimeMillis(), 10));
            broker.flush();
            await().atMost(PATIENCE)
                    .until(() -> !broker.records(Topic.MARKET_BARS).isEmpty());
            job.kill();
        }
        for (Path log : logEntries()) {
            Files.writeString(log, "not what Spark has written");
        }
        try (AnalyticsProcess job = start("failed.log", Map.of())) {
            assertThat(job.awaitEnd()).isEqualTo(1);
        }
        try (AnalyticsProcess job = start("early.log", Map.of("CANDLESTACK_KAFKA_URL", "127.0.0.1:1"))) {
            await().atMost(PATIENCE)
                    .until(() ->
                            Files.readString(folder.resolve("early.log")).contains("Waiting: no answer from Kafka"));
            assertThat(job.stop()).isZero();
        }
    }

    private List<Path> logEntries() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("a home/checkpoints/market/offsets"))) {
            return files.toList();
        }
    }

    private void awaitClosedSecond(String symbol) {
        await().atMost(PATIENCE)
                .until(() -> lastBar(symbol, "1s").path("closed").asBoolean());
        assertThat(lastBar(symbol, "1s").path("close").asDouble()).isEqualTo(10);
        assertThat(lastBar(symbol, "1d").path("closed").asBoolean()).isFalse();
    }

    /** The stream of series runs beside the market, through the wiring that all streams of rules share. */
    private void awaitPoint(String time) throws IOException {
        await().atMost(PATIENCE)
                .until(() -> !broker.records(Topic.ANALYTICS_POINTS).isEmpty());
        ConsumerRecord<String, byte[]> point =
                broker.records(Topic.ANALYTICS_POINTS).get(0);
        assertThat(point.key()).isEqualTo("series/weather/station=berlin");
        assertThat(new String(point.value(), UTF_8))
                .isEqualTo("{\"bucket\":\"series\",\"measurement\":\"weather\",\"time\":\"" + time
                        + "\",\"tags\":{\"station\":\"berlin\"},\"fields\":{\"t\":3.5,\"t_max_1m\":3.5,\"t_mean_1m\":3.5,"
                        + "\"t_min_1m\":3.5}}");
        assertThat(point.headers().lastHeader("event-id").value())
                .isEqualTo(("series/weather/station=berlin/" + time).getBytes(UTF_8));
    }

    /** What has two stages: the later vote comes first and has to go again, in the same batch or in the next. */
    private void assertCountsVotes() throws Exception {
        String later = vote("v1", "C2", "2026-03-02T11:00:30.000Z");
        String earlier = vote("v2", "C1", "2026-03-02T10:00:30.000Z");
        broker.send(Topic.VOTES_CAST, "ann", "election#1", later);
        broker.send(Topic.VOTES_CAST, "ann", "election#2", earlier);
        broker.flush();
        await().atMost(PATIENCE)
                .until(() -> earlier.equals(last(Topic.VOTES_COUNTED, "ann"))
                        && last(Topic.DEAD_LETTERS, "test").contains("already voted: ")
                        && last(Topic.ANALYTICS_POINTS, "votes/turnout/region=North")
                                .contains("\"fields\":{\"registered\":0.0,\"votes\":1.0}}")
                        && last(Topic.ANALYTICS_POINTS, "votes/tally/candidate=C1")
                                .contains("11:00:00"));
        assertThat(last(Topic.ANALYTICS_POINTS, "votes/tally/candidate=C1"))
                .isEqualTo("{\"bucket\":\"votes\",\"measurement\":\"tally\",\"time\":\"2026-03-02T11:00:00.000Z\","
                        + "\"tags\":{\"candidate\":\"C1\"},\"fields\":{\"share\":1.0,\"votes\":1.0}}");
        JsonNode letter = MAPPER.readTree(last(Topic.DEAD_LETTERS, "test"));
        assertThat(letter.path("reason").asText()).startsWith("already voted: ");
        assertThat(new String(Base64.getDecoder().decode(letter.path("raw").asText()), UTF_8))
                .isEqualTo(later);
    }

    private static String vote(String voteId, String candidate, String time) {
        return "{\"vote_id\":\"" + voteId + "\",\"voter_id\":\"ann\",\"candidate_id\":\"" + candidate
                + "\",\"region\":\"North\",\"voting_time\":\"" + time + "\"}";
    }

    /** Empty where there is none. */
    private String last(Topic topic, String key) {
        return broker.records(topic).stream()
                .filter(record -> record.key().equals(key))
                .map(record -> new String(record.value(), UTF_8))
                .reduce("", (before, after) -> after);
    }

    /** Through the second stage: rows keep their order, a repetition adds none, and the newest of a device is its state. */
    private void assertDevices() {
        String time = IsoTime.format(System.currentTimeMillis() * 1_000_000);
        String event = """
                {"eventId":"e1","customerId":"C1","eventTime":"%s","data":{"devices":[\
                {"deviceId":"D2","temperature":1.5,"measure":"C","status":"SUCCESS"},\
                {"deviceId":"D1","temperature":2.5,"measure":"C","status":"ERROR"},\
                {"deviceId":"D2","temperature":3.5,"measure":"C","status":"SUCCESS"}]}}""".formatted(time);
        broker.send(Topic.DEVICES_EVENTS, "e1", "d#1", event);
        broker.send(Topic.DEVICES_EVENTS, "e1", "d#1", event);
        broker.send(Topic.DEVICES_EVENTS, "e1", "d#2", event.replace("e1", "e2").replace("D1", "D3"));
        broker.flush();
        await().atMost(PATIENCE)
                .until(() -> temperatures(Topic.DEVICES_LATEST).containsAll(List.of("D1 2.5", "D2 3.5", "D3 2.5"))
                        && temperatures(Topic.DEVICES_READINGS).size() >= 6);
        assertThat(temperatures(Topic.DEVICES_READINGS))
                .containsExactly("D2 1.5", "D1 2.5", "D2 3.5", "D2 1.5", "D3 2.5", "D2 3.5");
        assertThat(temperatures(Topic.DEVICES_ERRORS)).isEmpty();
    }

    private List<String> temperatures(Topic topic) {
        return broker.records(topic).stream()
                .map(record -> new String(record.value(), UTF_8))
                .map(json -> json.replaceAll(".*\"deviceId\":\"(\\w+)\".*\"temperature\":([0-9.]+).*", "$1 $2"))
                .toList();
    }

    private void assertDeadLetters() throws IOException {
        List<ConsumerRecord<String, byte[]>> letters = broker.records(Topic.DEAD_LETTERS);
        assertThat(letters).hasSize(2);
        for (ConsumerRecord<String, byte[]> letter : letters) {
            JsonNode json = MAPPER.readTree(letter.value());
            assertThat(json.path("origin").asText()).isEqualTo(letter.key());
            if (letter.key().equals("test")) {
                assertThat(json.path("reason").asText()).startsWith("Missing time");
                assertThat(new String(
                                Base64.getDecoder().decode(json.path("raw").asText()), UTF_8))
                        .isEqualTo("{\"symbol\":\"B\"}");
                assertThat(letter.headers().lastHeader("event-id").value()).isEqualTo("x".getBytes(UTF_8));
            } else {
                assertThat(letter.key()).isEqualTo("market.quotes");
                assertThat(json.path("reason").asText()).isEqualTo("Cannot read the quote: the record is empty");
            }
        }
    }

    private void assertMetrics() throws IOException {
        await().atMost(PATIENCE)
                .until(() -> broker.records(Topic.PIPELINE_METRICS).stream()
                        .anyMatch(record -> record.key().equals("market")));
        JsonNode metric = MAPPER.readTree(broker.records(Topic.PIPELINE_METRICS).stream()
                .filter(record -> record.key().equals("market"))
                .findFirst()
                .orElseThrow()
                .value());
        assertThat(metric.path("measurement").asText()).isEqualTo("query");
        assertThat(metric.path("name").asText()).isEqualTo("market");
        assertThat(metric.path("fields").properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder(
                        "input_rows_per_second", "processed_rows_per_second", "batch_ms", "lag", "state_rows", "lost");
    }

    private JsonNode lastBar(String symbol, String interval) {
        JsonNode last = MAPPER.createObjectNode();
        try {
            for (ConsumerRecord<String, byte[]> next : broker.records(Topic.MARKET_BARS)) {
                JsonNode bar = MAPPER.readTree(next.value());
                if (next.key().equals(symbol) && bar.path("interval").asText().equals(interval)) {
                    last = bar;
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return last;
    }

    /** Five symbols, a tenth of the quotes up to two minutes late, some repeated, some malformed. */
    private void sendTwoHours(int quotes) {
        Random random = new Random(5);
        long start = System.currentTimeMillis() - Duration.ofHours(3).toMillis();
        for (int i = 0; i < quotes; i++) {
            String symbol = "S" + random.nextInt(5);
            long time = start + i * Duration.ofHours(2).toMillis() / quotes;
            long late = random.nextInt(10) == 0 ? random.nextLong(120_000) : 0;
            byte[] value = random.nextInt(200) == 0
                    ? ("{\"symbol\":\"" + symbol + "\",\"price\":").getBytes(UTF_8)
                    : quote(symbol, time - late, 100 + Math.rint(1_000 * Math.sin(i / 400.0)) / 100);
            for (int copies = random.nextInt(20) == 0 ? 2 : 1; copies > 0; copies--) {
                broker.quote(symbol, random.nextInt(50) == 0 ? null : "test#" + i, value);
            }
        }
        broker.flush();
    }

    private static byte[] quote(String symbol, long millis, double price) {
        return ("{\"symbol\":\"" + symbol + "\",\"time\":\"" + IsoTime.format(millis * 1_000_000) + "\",\"price\":"
                        + price + ",\"size\":0.1,\"source\":\"test\"}")
                .getBytes(UTF_8);
    }

    private AnalyticsProcess start(String log, Map<String, String> settings) throws IOException {
        Map<String, String> environment = new HashMap<>(Map.of(
                "CANDLESTACK_CONFIG", folder.resolve("candlestack.yaml").toString(),
                "CANDLESTACK_HOME", folder.resolve("a home").toString(),
                "CANDLESTACK_KAFKA_URL", broker.bootstrap(),
                "CANDLESTACK_ANALYTICS_STREAMS", "market"));
        environment.putAll(settings);
        return AnalyticsProcess.start(folder.resolve(log), environment);
    }
}
