package candlestack.ingest.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import candlestack.config.Topic;
import candlestack.ingest.api.Batch;
import candlestack.ingest.api.Document;
import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.Event;
import candlestack.ingest.api.EventIds;
import candlestack.ingest.api.Position;
import candlestack.ingest.api.Quote;
import candlestack.ingest.api.Reject;
import candlestack.ingest.api.SeriesPoint;
import candlestack.ingest.api.SourceException;
import candlestack.local.testbed.TestKafka;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The host against a real broker. Each test's sources have names of their own. */
class IngestTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final Instant TIME = Instant.parse("2026-03-02T10:00:00Z");

    @TempDir
    static Path broker;

    @TempDir
    Path home;

    private static TestKafka kafka;
    private static Topics topics;

    @BeforeAll
    static void startBroker() throws Exception {
        kafka = TestKafka.start(broker);
        topics = new Topics(kafka.bootstrap());
        topics.create();
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @Test
    void writesEachKindOfEventToItsTopicAsTheContractSays() throws Exception {
        Quote quote = Quote.of("kinds#0", "BTC-USD", TIME, new BigDecimal("0.00000010"))
                .size(new BigDecimal("1E+3"))
                .currency("USD")
                .observed()
                .build();
        SeriesPoint point = SeriesPoint.of(
                "kinds#1", "weather", TIME.plusNanos(1), Map.of("station", "a"), Map.of("celsius", 21.5));
        Document vote = Document.of("kinds#2", Document.Stream.VOTES_CAST, "v1", TIME, "{\"voter_id\":\"v1\"}");
        try (RunningIngest ingest = run(once("kinds", List.of(quote, point, vote), List.of()))) {
            await().atMost(SOON)
                    .until(() -> ingest.status("kinds").path("published").asLong() == 3);
        }

        ConsumerRecord<String, String> published =
                topics.from("kinds", Topic.MARKET_QUOTES).get(0);
        assertThat(published.key()).isEqualTo("BTC-USD");
        assertThat(published.value())
                .isEqualTo("{\"symbol\":\"BTC-USD\",\"time\":\"2026-03-02T10:00:00.000Z\",\"price\":0.00000010,"
                        + "\"size\":1000,\"currency\":\"USD\",\"source\":\"kinds\"}");
        assertThat(Topics.header(published, "event-id")).isEqualTo("kinds#0");
        assertThat(Topics.header(published, "time-origin")).isEqualTo("observed");
        assertThat(topics.from("kinds", Topic.SERIES_POINTS))
                .extracting(ConsumerRecord::value)
                .containsExactly("{\"series\":\"weather\",\"time\":\"2026-03-02T10:00:00.000000001Z\","
                        + "\"tags\":{\"station\":\"a\"},\"fields\":{\"celsius\":21.5},\"source\":\"kinds\"}");
        assertThat(topics.from("kinds", Topic.VOTES_CAST))
                .extracting(ConsumerRecord::value)
                .containsExactly("{\"voter_id\":\"v1\"}");
    }

    @Test
    void turnsWhatItCannotPublishIntoDeadLetters() throws Exception {
        String largest = "{\"a\":\"" + "x".repeat(899_000) + "\"}";
        List<Event> events = List.of(
                Quote.of("bad#0", " ", TIME, BigDecimal.ONE).build(),
                Quote.of("bad#1", "X", TIME, new BigDecimal("1E+999999999")).build(),
                Quote.of("bad#2", "X", Instant.MAX, BigDecimal.ONE).build(),
                SeriesPoint.of("bad#3", "s", TIME, Map.of(), Map.of("f", Double.NaN)),
                SeriesPoint.of("bad#4", "s", TIME, Map.of(), Map.of()),
                Document.of("bad#5", Document.Stream.VOTES_CAST, "v", TIME, "[1]"),
                Document.of("bad#6", Document.Stream.VOTES_CAST, "v", TIME, "{\"a\":1} x"),
                Document.of("bad#7", Document.Stream.VOTES_CAST, "v", TIME, "{\"a\":\"" + "x".repeat(900_000) + "\"}"),
                Document.of("bad#8", Document.Stream.VOTES_CAST, "k".repeat(200_000), TIME, largest),
                Quote.of("i".repeat(1001), "X", TIME, BigDecimal.ONE).build());
        List<Reject> rejects = List.of(
                Reject.of("i".repeat(1002), "r".repeat(2001), "x" + "\u20AC".repeat(100_000)),
                Reject.of("bad#11", "Cannot read line 9 of t.csv: no price", "1,,2"));
        try (RunningIngest ingest = run(once("bad", events, rejects))) {
            await().atMost(SOON)
                    .until(() -> ingest.status("bad").path("rejected").asLong() == 12);
            assertThat(ingest.status("bad").path("published").asLong()).isZero();
        }

        List<JsonNode> letters = new ArrayList<>();
        for (ConsumerRecord<String, String> record : topics.from("bad", Topic.DEAD_LETTERS)) {
            letters.add(JSON.readTree(record.value()));
        }
        assertThat(letters)
                .extracting(letter -> letter.path("reason").asText())
                .containsExactly(
                        "Cannot publish ' ': the key is blank",
                        "Cannot publish 'X': price has more than 40 digits",
                        "Cannot publish 'X': time +1000000000-12-31T23:59:59.999999999Z is not in the years 0000 to 9999",
                        "Cannot publish 's': field f is NaN",
                        "Cannot publish 's': no field",
                        "Cannot publish 'v': not a JSON object",
                        "Cannot publish 'v': not JSON: Unrecognized token 'x': was expecting (JSON String, Number, "
                                + "Array, Object or token 'null', 'true' or 'false')",
                        "Cannot publish 'v': 900008 bytes are more than the 900000 of a record (the first 262144 of "
                                + letters.get(7).path("reason").asText().replaceAll(".* of (\\d+) bytes\\)", "$1")
                                + " bytes)",
                        "Cannot publish '" + "k".repeat(100) + "...': 200000 bytes are more than the 65536 of a key"
                                + letters.get(8).path("reason").asText().replaceAll(".*( \\(the first .*)", "$1"),
                        "Cannot publish 'X': 1001 characters are more than the 1000 of an id",
                        "r".repeat(2000) + "... (the first 262144 of 300001 bytes)",
                        "Cannot read line 9 of t.csv: no price");
        assertThat(raw(letters.get(10))).isEqualTo("x" + "\u20AC".repeat(87_381));
        assertThat(letters.get(11).path("origin").asText()).isEqualTo("bad");
        assertThat(raw(letters.get(11))).isEqualTo("1,,2");
        assertThat(topics.ids("bad", Topic.DEAD_LETTERS))
                .endsWith(
                        "bad#8",
                        UUID.nameUUIDFromBytes("i".repeat(1001).getBytes(StandardCharsets.UTF_8))
                                .toString(),
                        UUID.nameUUIDFromBytes("i".repeat(1002).getBytes(StandardCharsets.UTF_8))
                                .toString(),
                        "bad#11");
    }

    @Test
    void savesAPositionOnlyOnceTheBrokerHasAllUpToIt() throws Exception {
        ScriptedFactory counting = counting("saved", 10, 1_000);
        try (RunningIngest ingest = run(counting)) {
            await().atMost(SOON).until(() -> ingest.saved("saved") == 1000);
            assertThat(topics.ids("saved", Topic.MARKET_QUOTES)).hasSize(1_000);
            await().atMost(SOON).until(() -> counting.acknowledged.contains(ScriptedFactory.position(1_000)));
        }
    }

    @Test
    void goesOnAtItsPositionAfterARestart() throws Exception {
        try (RunningIngest ingest = run(counting("again", 10, 500))) {
            await().atMost(SOON).until(() -> ingest.saved("again") == 500);
        }

        ScriptedFactory second = counting("again", 10, 800);
        try (RunningIngest ingest = run(second)) {
            await().atMost(SOON).until(() -> ingest.saved("again") == 800);
        }

        assertThat(second.opened).containsExactly(Optional.of(ScriptedFactory.position(500)));
        assertThat(topics.ids("again", Topic.MARKET_QUOTES)).containsExactlyInAnyOrderElementsOf(ids("again", 0, 800));
    }

    @Test
    void anUnusablePositionIsPutAsideAndTheSourceBeginsAnew() throws Exception {
        Path file = Files.createDirectories(home.resolve("positions")).resolve("torn.json");
        Files.writeString(file, "{\"source\":\"torn\",\"pos");
        ScriptedFactory source = counting("torn", 10, 10);

        try (RunningIngest ingest = run(source)) {
            await().atMost(SOON).until(() -> ingest.saved("torn") == 10);
        }

        assertThat(source.opened).containsExactly(Optional.empty());
        assertThat(home.resolve("positions/torn.json.unusable")).hasContent("{\"source\":\"torn\",\"pos");
    }

    @Test
    void opensAgainAtTheLastPositionAfterAnErrorAndTellsAboutIt() throws Exception {
        AtomicBoolean failed = new AtomicBoolean();
        ScriptedFactory source = new ScriptedFactory("flaky", (context, next) -> {
            if (next == 20 && failed.compareAndSet(false, true)) {
                throw new SourceException(ErrorKind.TRANSIENT, "Cannot poll https://example.org: status 503");
            }
            return next < 40 ? quotes("flaky", next, 10) : Batch.empty();
        });
        try (RunningIngest ingest = run(source)) {
            await().atMost(SOON).until(() -> ingest.saved("flaky") == 40);
            await().atMost(SOON)
                    .until(() -> ingest.status("flaky").path("published").asLong() == 40);
            JsonNode error = ingest.status("flaky").path("lastError");
            assertThat(error.path("kind").asText()).isEqualTo("TRANSIENT");
            assertThat(error.path("message").asText()).isEqualTo("Cannot poll https://example.org: status 503");
        }
        assertThat(source.opened).containsExactly(Optional.empty(), Optional.of(ScriptedFactory.position(20)));
        assertThat(topics.ids("flaky", Topic.MARKET_QUOTES)).containsExactlyInAnyOrderElementsOf(ids("flaky", 0, 40));
    }

    @Test
    void opensWithoutAPositionWhenItIsLost() throws Exception {
        AtomicBoolean lost = new AtomicBoolean();
        ScriptedFactory source = new ScriptedFactory("lost", (context, next) -> {
            if (next == 10 && lost.compareAndSet(false, true)) {
                throw new SourceException(ErrorKind.POSITION_LOST, "Cannot go on at 10: it is too old");
            }
            return next < 20 ? quotes("lost", next, 10) : Batch.empty();
        });
        try (RunningIngest ingest = run(source)) {
            await().atMost(SOON).until(() -> ingest.saved("lost") == 20);
        }
        assertThat(source.opened).containsExactly(Optional.empty(), Optional.empty());
    }

    @Test
    void keepsThePositionThatIsLostWhenWhatCameAfterItHasNotArrived() throws Exception {
        topics.limit(Topic.VOTES_CANDIDATES, 2000);
        AtomicReference<ScriptedFactory> running = new AtomicReference<>();
        AtomicBoolean lost = new AtomicBoolean();
        ScriptedFactory source = new ScriptedFactory("undelivered", (context, next) -> {
            if (next == 0) {
                return quotes("undelivered", 0, 10);
            }
            if (next == 10 && !lost.get()) {
                return running.get().acknowledged.contains(ScriptedFactory.position(10))
                        ? Batch.of(List.of(tooLargeForItsTopic()), ScriptedFactory.position(11))
                        : Batch.empty();
            }
            if (next == 11 && lost.compareAndSet(false, true)) {
                throw new SourceException(ErrorKind.POSITION_LOST, "Cannot go on at 11: it is too old");
            }
            return next < 20 ? quotes("undelivered", next, 10) : Batch.empty();
        });
        running.set(source);
        try (RunningIngest ingest = run(source)) {
            await().atMost(SOON).until(() -> ingest.saved("undelivered") == 20);
        }
        assertThat(source.opened).containsExactly(Optional.empty(), Optional.of(ScriptedFactory.position(10)));
    }

    private static Event tooLargeForItsTopic() {
        String text = new Random(1)
                .ints(4000, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return Document.of("undelivered#10", Document.Stream.VOTES_CANDIDATES, "c", TIME, "{\"a\":\"" + text + "\"}");
    }

    @Test
    void doesNotTryAMisconfiguredSourceAgain() throws Exception {
        ScriptedFactory source = new ScriptedFactory("wrong", (context, next) -> {
            throw new SourceException(ErrorKind.MISCONFIGURED, "Cannot poll: no such series 'x'");
        });
        try (RunningIngest ingest = run(source)) {
            await().atMost(SOON)
                    .until(() -> ingest.status("wrong").path("state").asText().equals("misconfigured"));
            assertThat(ingest.status("wrong").path("lastError").path("message").asText())
                    .isEqualTo("Cannot poll: no such series 'x'");
        }
        assertThat(source.opened).hasSize(1);
    }

    @Test
    void aSourceThatThrowsOrBlocksHarmsNoOtherAndNotTheStop() throws Exception {
        CountDownLatch forever = new CountDownLatch(1);
        ScriptedFactory throwing = new ScriptedFactory("throwing", (context, next) -> {
            throw new NoClassDefFoundError("com/example/Missing");
        });
        AtomicLong polls = new AtomicLong();
        ScriptedFactory blocking = new ScriptedFactory("blocking", (context, next) -> {
            // The first call is given more time.
            boolean over = polls.incrementAndGet() == 1;
            while (!over) {
                try {
                    forever.await();
                    over = true;
                } catch (InterruptedException e) {
                    // This is what makes it a bad one.
                }
            }
            return Batch.empty();
        });
        RunningIngest ingest = run(throwing, blocking, counting("good", 10, 1_000));
        try {
            await().atMost(SOON).until(() -> ingest.saved("good") == 1000);
            await().atMost(SOON)
                    .until(() ->
                            ingest.status("throwing").path("state").asText().equals("retrying"));
            assertThat(ingest.status("throwing")
                            .path("lastError")
                            .path("message")
                            .asText())
                    .isEqualTo("Cannot run 'throwing': java.lang.NoClassDefFoundError: com/example/Missing");
            await().atMost(SOON)
                    .until(() ->
                            ingest.status("blocking").path("stuck").asText().startsWith("poll has not returned"));

            assertThat(ingest.stop()).isLessThan(Duration.ofSeconds(5));
        } finally {
            forever.countDown();
        }
    }

    @Test
    void waitsForABrokerThatIsAwayWithBoundedMemoryAndLosesNothing() throws Exception {
        AtomicLong given = new AtomicLong();
        String filler = "x".repeat(500);
        ScriptedFactory source = new ScriptedFactory("pressed", (context, next) -> {
            if (next >= 100_000) {
                return Batch.empty();
            }
            given.set(next + 100);
            List<Event> events = LongStream.range(next, next + 100)
                    .mapToObj(n -> (Event) Quote.of(EventIds.numbered("pressed", n), "X" + n % 7, TIME, BigDecimal.ONE)
                            .exchange(filler)
                            .build())
                    .toList();
            return Batch.of(events, ScriptedFactory.position(next + 100));
        });
        try (RunningIngest ingest = run(counting("before", 1, 1))) {
            await().atMost(SOON).until(() -> ingest.saved("before") == 1);
        }
        RunningIngest ingest = new RunningIngest(home, kafka.bootstrap(), List.of(source.plan()));
        try {
            await().atMost(SOON).until(() -> given.get() > 0);
            kafka.stop();
            await().atMost(SOON)
                    .until(() ->
                            ingest.status().path("kafka").path("state").asText().equals("behind"));
            long held = given.get();
            // 100,000 events are some 70 MB: what is on its way stays below 8 MB and one batch.
            assertThat(held - ingest.saved("pressed")).isLessThan(15_000);
            await().during(Duration.ofMillis(500)).atMost(SOON).until(() -> given.get() == held);
        } finally {
            kafka.start();
        }
        await().atMost(SOON).until(() -> ingest.saved("pressed") == 100000);
        ingest.stop();

        assertThat(new HashSet<>(topics.ids("pressed", Topic.MARKET_QUOTES))).hasSize(100_000);
        assertThat(topics.ids("pressed", Topic.MARKET_QUOTES)).hasSize(100_000);
    }

    @Test
    void aHistoryIsGivenBeforeTheSourcesBelowItBegin() throws Exception {
        AtomicLong given = new AtomicLong();
        ScriptedFactory history = new ScriptedFactory(
                "history",
                (context, next) -> {
                    context.pause(Duration.ofMillis(2));
                    given.set(Math.min(500, next + 1));
                    return next < 500 ? quotes("history", next, 1) : Batch.empty();
                },
                500);
        List<Long> givenBefore = new CopyOnWriteArrayList<>();
        ScriptedFactory below = new ScriptedFactory("below", (context, next) -> {
            givenBefore.add(given.get());
            return next < 3 ? quotes("below", next, 3) : Batch.empty();
        });

        try (RunningIngest ingest = run(history, below)) {
            await().atMost(SOON).until(() -> ingest.saved("below") == 3);
        }

        assertThat(givenBefore.get(0)).isEqualTo(500);
    }

    @Test
    void aHistoryWithoutEndHoldsUpTheSourcesBelowItForSecondsOnly() throws Exception {
        ScriptedFactory endless = new ScriptedFactory("endless", (context, next) -> Batch.empty(), Long.MAX_VALUE);
        try (RunningIngest ingest = run(endless, counting("behind", 3, 3))) {
            await().atMost(SOON).until(() -> ingest.saved("behind") == 3);
        }
    }

    @Test
    void publishesItsCountersAsMetrics() throws Exception {
        try (RunningIngest ingest = run(counting("counted", 10, 30))) {
            await().atMost(SOON).until(ingest::isReady);
            await().atMost(SOON)
                    .until(() -> topics.from("counted", Topic.PIPELINE_METRICS).stream()
                            .anyMatch(record -> record.value().contains("\"published\":30,\"rejected\":0,\"lag\":0")));
        }
        ConsumerRecord<String, String> record =
                topics.from("counted", Topic.PIPELINE_METRICS).get(0);
        assertThat(record.key()).isEqualTo("counted");
        JsonNode metric = JSON.readTree(record.value());
        assertThat(metric.path("measurement").asText()).isEqualTo("source");
        assertThat(metric.path("name").asText()).isEqualTo("counted");
    }

    private static String raw(JsonNode letter) {
        return new String(Base64.getDecoder().decode(letter.path("raw").asText()), StandardCharsets.UTF_8);
    }

    private RunningIngest run(ScriptedFactory... factories) {
        return new RunningIngest(
                home,
                kafka.bootstrap(),
                List.of(factories).stream().map(ScriptedFactory::plan).toList());
    }

    /** Gives everything in one batch. */
    private static ScriptedFactory once(String name, List<Event> events, List<Reject> rejects) {
        return new ScriptedFactory(
                name,
                (context, next) -> next > 0
                        ? Batch.empty()
                        : new Batch(events, rejects, Optional.of(ScriptedFactory.position(1))));
    }

    private static ScriptedFactory counting(String name, int size, long end) {
        return new ScriptedFactory(name, (context, next) -> next < end ? quotes(name, next, size) : Batch.empty());
    }

    private static Batch quotes(String stream, long next, int size) {
        List<Event> events = LongStream.range(next, next + size)
                .mapToObj(n -> (Event) Quote.of(EventIds.numbered(stream, n), "X" + n % 7, TIME, BigDecimal.ONE)
                        .build())
                .toList();
        return Batch.of(events, new Position(Map.of("next", Long.toString(next + size))));
    }

    private static List<String> ids(String stream, long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(n -> EventIds.numbered(stream, n))
                .toList();
    }
}
