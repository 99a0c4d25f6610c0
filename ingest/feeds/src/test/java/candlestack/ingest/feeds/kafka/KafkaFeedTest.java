package candlestack.ingest.feeds.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import candlestack.ingest.api.Batch;
import candlestack.ingest.api.Diagnosis;
import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.Event;
import candlestack.ingest.api.InvalidConfigException;
import candlestack.ingest.api.Position;
import candlestack.ingest.api.Quote;
import candlestack.ingest.api.Reject;
import candlestack.ingest.api.SeriesPoint;
import candlestack.ingest.api.Source;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.api.SourceFactory;
import candlestack.ingest.api.SourceReader;
import candlestack.ingest.api.TimeOrigin;
import candlestack.ingest.testkit.FakeClock;
import candlestack.ingest.testkit.Recording;
import candlestack.ingest.testkit.RecordingHost;
import candlestack.ingest.testkit.SourceContract;
import candlestack.local.testbed.TestKafka;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a real broker; each test has topics of its own. */
@Timeout(180)
class KafkaFeedTest extends SourceContract {
    private static final Instant STAMPED = Instant.parse("2026-03-02T10:00:00.123Z");
    private static final Duration WAIT = Duration.ofMillis(100);

    @TempDir
    static Path broker;

    @TempDir
    Path own;

    private static TestKafka kafka;
    private static ForeignTopics topics;

    @BeforeAll
    static void start() throws Exception {
        kafka = TestKafka.start(broker);
        topics = new ForeignTopics(kafka.bootstrap());
        Uuid id = topics.create("contract", 1);
        assertThat(id).isNotEqualTo(Uuid.ZERO_UUID);
        for (int n = 0; n < 30; n++) {
            topics.send("contract", 0, STAMPED, "k", "{\"v\": " + n + "}");
        }
    }

    @AfterAll
    static void stop() {
        topics.close();
        kafka.close();
    }

    @Override
    protected SourceFactory factory() {
        return new KafkaFactory();
    }

    @Override
    protected Map<String, String> options(Path folder) {
        return Map.of(
                "bootstrap", kafka.bootstrap(),
                "topics", "contract",
                "start", "earliest",
                "values", "v=/v",
                "properties", "max.poll.records=3");
    }

    @Test
    void mapsValueKeyHeadersAndTimestamp() throws Exception {
        Uuid id = topics.create("mapped", 1);
        topics.send("mapped", 0, STAMPED, "oven-1", "{\"celsius\": 21.5, \"room\": \"a\"}", Map.of("site", "north"));

        List<Event> events = read(
                        Map.of(
                                "topics", "mapped",
                                "series", "ovens",
                                "values", "celsius=/celsius",
                                "tags", "room=/room,oven=@key,site=@header:site,none=@header:none"),
                        Optional.empty(),
                        1)
                .events();

        assertThat(events)
                .containsExactly(new SeriesPoint(
                        "kafka/mapped-0/" + id + "#0",
                        "ovens",
                        STAMPED,
                        TimeOrigin.VENUE,
                        Map.of("room", "a", "oven", "oven-1", "site", "north"),
                        Map.of("celsius", 21.5)));
    }

    @Test
    void givesEachItemOfARecordANumberOfItsOwn() throws Exception {
        Uuid id = topics.create("lists", 1);
        topics.send("lists", 0, STAMPED, "k", "{\"rows\": []}");
        topics.send("lists", 0, STAMPED, "k", """
                {"rows": [{"s": "A", "p": 1.5, "t": 1772445600}, {"s": "B", "p": "x"}, {"s": "B", "p": 2, "t": 1}]}""");

        Recording recording = read(
                Map.of(
                        "topics",
                        "lists",
                        "emit",
                        "quotes",
                        "items",
                        "/rows",
                        "time",
                        "/t",
                        "symbol",
                        "/s",
                        "values",
                        "price=/p"),
                Optional.empty(),
                3);

        String stream = "kafka/lists-0/" + id + "#";
        assertThat(recording.quotes())
                .containsExactly(
                        Quote.of(stream + 1000, "A", Instant.parse("2026-03-02T10:00:00Z"), new BigDecimal("1.5"))
                                .build(),
                        Quote.of(stream + 1002, "B", Instant.ofEpochSecond(1), new BigDecimal("2"))
                                .build());
        assertThat(recording.rejects()).extracting(Reject::id).containsExactly(stream + 1001);
        assertThat(recording.rejects())
                .extracting(Reject::reason)
                .containsExactly("Cannot read a record of lists-0 at offset 1: no time at /t");
    }

    @Test
    void takesTheIdThatARecordHas() throws Exception {
        topics.create("identified", 1);
        topics.send("identified", 0, STAMPED, "k", "{\"v\": 1}", Map.of("event-id", "btc/trades.csv#17"));

        assertThat(read(Map.of("topics", "identified", "id", "@header:event-id"), Optional.empty(), 1)
                        .ids())
                .containsExactly("kafka/btc/trades.csv#17.");
    }

    @Test
    void refusesRecordsThatAreNotWhatIsConfigured() throws Exception {
        topics.create("malformed", 1);
        topics.send("malformed", 0, STAMPED, "k", "{\"v\": ");
        topics.send("malformed", 0, STAMPED, "k", null);
        topics.send("malformed", 0, STAMPED, "k", "17");
        topics.send("malformed", 0, STAMPED, "k", "{\"w\": 1}");

        Recording recording = read(Map.of("topics", "malformed"), Optional.empty(), 4);

        assertThat(recording.events()).isEmpty();
        String place = "Cannot read a record of malformed-0 at offset ";
        assertThat(recording.rejects())
                .extracting(Reject::reason)
                .satisfiesExactly(
                        reason -> assertThat(reason).startsWith(place + "0: it is no JSON: Unexpected end-of-input"),
                        reason -> assertThat(reason).isEqualTo(place + "1: it is empty"),
                        reason -> assertThat(reason).isEqualTo(place + "2: no list and no object at its root (items)"),
                        reason -> assertThat(reason).isEqualTo(place + "3: no number at any of [/v]"));
    }

    @Test
    void losesNothingAndRepeatsNothingOverRestarts() throws Exception {
        topics.create("restarted", 3);
        for (int n = 0; n < 60; n++) {
            topics.send("restarted", n % 3, STAMPED, "k", "{\"v\": " + n + "}");
        }
        Map<String, String> options = Map.of("topics", "restarted", "properties", "max.poll.records=7");
        List<Double> all = new ArrayList<>();
        Optional<Position> position = Optional.empty();
        while (all.size() < 60) {
            Recording part = read(options, position, 1);
            position = part.position();
            all.addAll(values(part));
        }

        assertThat(all).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(all))
                .containsExactlyElementsOf(
                        IntStream.range(0, 60).mapToObj(n -> (double) n).toList());
    }

    @Test
    void missesNothingFromItsFirstStartOnWhenItBeginsAtTheEnd() throws Exception {
        topics.create("latest", 1);
        topics.send("latest", 0, STAMPED, "k", "{\"v\": 1}");
        Map<String, String> options = Map.of("topics", "latest", "start", "latest");
        Batch first;
        try (SourceReader reader = host(options).open(new KafkaFactory(), Optional.empty())) {
            first = reader.poll(WAIT);
        }
        topics.send("latest", 0, STAMPED, "k", "{\"v\": 2}");

        assertThat(first.events()).isEmpty();
        assertThat(values(read(options, first.position(), 1))).containsExactly(2.0);
    }

    @Test
    void findsPartitionsThatWereAdded() throws Exception {
        topics.create("grown", 1);
        topics.send("grown", 0, STAMPED, "k", "{\"v\": 0}");
        Map<String, String> options = Map.of("topics", "grown", "properties", "metadata.max.age.ms=200");
        RecordingHost host = host(options);
        Optional<Position> before;
        try (SourceReader reader = host.open(new KafkaFactory(), Optional.empty())) {
            before = host.read(reader, 1).position();
            topics.grow("grown", 2);
            topics.send("grown", 1, STAMPED, "k", "{\"v\": 1}");

            assertThat(values(host.read(reader, 1))).containsExactly(1.0);
        }
        assertThat(values(read(Map.of("topics", "grown", "start", "latest"), before, 1)))
                .containsExactly(1.0);
    }

    @Test
    void saysHowManyRecordsHaveAgedOutAndGoesOnWithTheFirstThatIsLeftThere() throws Exception {
        Uuid id = topics.create("aged", 2);
        for (int n = 0; n < 8; n++) {
            topics.send("aged", 0, STAMPED, "k", "{\"v\": " + n + "}");
        }
        for (int n = 20; n < 24; n++) {
            topics.send("aged", 1, STAMPED, "k", "{\"v\": " + n + "}");
        }
        topics.deleteBefore("aged", 0, 5);
        Position old = new Position(Map.of("aged-0", "2", "aged-1", "3", "topic.aged", id.toString()));
        RecordingHost host = host(Map.of("topics", "aged", "start", "latest"));
        Source source = new KafkaFactory().create(host);

        SourceException e = catchThrowableOfType(SourceException.class, () -> source.open(Optional.of(old)));
        assertThat(e.kind()).isEqualTo(ErrorKind.POSITION_LOST);
        assertThat(e)
                .hasMessage("Cannot go on in aged-0 at offset 2: it begins at 5, the 3 records before have aged out");

        for (int openings = 0; openings < 2; openings++) { // the first may have ended before its position was kept
            try (SourceReader reader = source.open(Optional.empty())) {
                assertThat(values(host.read(reader, 4))).containsExactlyInAnyOrder(5.0, 6.0, 7.0, 23.0);
            }
        }
    }

    @Test
    void goesOnWithTheFirstThatIsLeftAlsoWhenTheRestAgesOutWhileItReads() throws Exception {
        Uuid id = topics.create("aging", 2);
        for (int n = 0; n < 8; n++) {
            topics.send("aging", 0, STAMPED, "k", "{\"v\": " + n + "}");
        }
        topics.send("aging", 1, STAMPED, "k", "{\"v\": 20}");
        // One record a fetch: those that age out have not been fetched before.
        RecordingHost host =
                host(Map.of("topics", "aging", "start", "latest", "properties", "max.partition.fetch.bytes=1"));
        Source source = new KafkaFactory().create(host);
        Position start = new Position(Map.of("aging-0", "0", "aging-1", "1", "topic.aging", id.toString()));
        try (SourceReader reader = source.open(Optional.of(start))) {
            assertThat(values(host.read(reader, 1))).containsExactly(0.0);
            topics.deleteBefore("aging", 0, 5);

            SourceException e = catchThrowableOfType(SourceException.class, () -> {
                while (true) {
                    reader.poll(WAIT);
                }
            });
            assertThat(e.kind()).isEqualTo(ErrorKind.POSITION_LOST);
        }
        topics.send("aging", 1, STAMPED, "k", "{\"v\": 21}");
        try (SourceReader reader = source.open(Optional.empty())) {
            assertThat(values(host.read(reader, 4))).containsExactlyInAnyOrder(5.0, 6.0, 7.0, 21.0);
        }
    }

    @Test
    void doesNotTakeATopicThatWasMadeAnewForTheOldOne() throws Exception {
        topics.create("anew", 1);
        topics.send("anew", 0, STAMPED, "k", "{\"v\": 1}");
        Optional<Position> position =
                read(Map.of("topics", "anew"), Optional.empty(), 1).position();
        topics.delete("anew");
        topics.create("anew", 1);

        topics.send("anew", 0, STAMPED, "k", "{\"v\": 2}");
        RecordingHost host = host(Map.of("topics", "anew", "start", "latest"));
        Source source = new KafkaFactory().create(host);

        SourceException e = catchThrowableOfType(SourceException.class, () -> source.open(position));

        assertThat(e.kind()).isEqualTo(ErrorKind.POSITION_LOST);
        assertThat(e).hasMessage("Cannot go on in topic 'anew': it was deleted and made anew since");
        try (SourceReader reader = source.open(Optional.empty())) {
            assertThat(values(host.read(reader, 1))).containsExactly(2.0);
        }
    }

    @Test
    void readsOnlyWhatWasCommitted() throws Exception {
        topics.create("transactions", 1);
        topics.sendInTransaction("transactions", "{\"v\": 1}", ForeignTopics.End.ABORT);
        topics.sendInTransaction("transactions", "{\"v\": 2}", ForeignTopics.End.COMMIT);

        Recording recording = read(Map.of("topics", "transactions"), Optional.empty(), 1);

        assertThat(values(recording)).containsExactly(2.0);
    }

    @Test
    void triesAgainWhenThereIsNoSuchTopic() {
        SourceException e = catchThrowableOfType(
                SourceException.class, () -> host(Map.of("topics", "none")).open(new KafkaFactory(), Optional.empty()));

        assertThat(e.kind()).isEqualTo(ErrorKind.TRANSIENT);
        assertThat(e).hasMessage("Cannot read [none] at " + kafka.bootstrap() + ": there is no such topic");
    }

    @Test
    void isMisconfiguredWhenTheClientSaysSo() {
        SourceException e = catchThrowableOfType(
                SourceException.class,
                () -> host(Map.of("topics", "contract", "properties", "security.protocol=SSLX"))
                        .open(new KafkaFactory(), Optional.empty()));

        assertThat(e.kind()).isEqualTo(ErrorKind.MISCONFIGURED);
        assertThat(e).hasMessageContaining("security.protocol");
    }

    @Test
    void refusesPropertiesThatAreItsOwnAffair() {
        InvalidConfigException e = catchThrowableOfType(
                InvalidConfigException.class, () -> host(Map.of("topics", "contract", "properties", "group.id=mine")));

        assertThat(e)
                .hasMessage("Invalid properties: its value (a secret), expected a list such as "
                        + "[security.protocol=SSL] of a consumer's settings, without those that this source decides by itself: "
                        + "auto.offset.reset, bootstrap.servers, enable.auto.commit, group.id, group.instance.id, "
                        + "group.protocol, key.deserializer, value.deserializer");
    }

    @Test
    void saysWhetherItWouldWork() throws Exception {
        List<Diagnosis> well =
                new KafkaFactory().create(host(Map.of("topics", "contract"))).diagnose();
        List<Diagnosis> failed =
                new KafkaFactory().create(host(Map.of("topics", "none"))).diagnose();

        assertThat(well).containsExactly(new Diagnosis("topic contract", Diagnosis.Outcome.WELL, "holds 30 records"));
        assertThat(failed)
                .containsExactly(new Diagnosis(
                        "topics",
                        Diagnosis.Outcome.FAILED,
                        "Cannot read [none] at " + kafka.bootstrap() + ": there is no such topic"));
    }

    private Recording read(Map<String, String> options, Optional<Position> position, int count) throws Exception {
        RecordingHost host = host(options);
        try (SourceReader reader = host.open(new KafkaFactory(), position)) {
            return host.read(reader, count);
        }
    }

    private RecordingHost host(Map<String, String> options) throws Exception {
        Map<String, String> all =
                new HashMap<>(Map.of("bootstrap", kafka.bootstrap(), "start", "earliest", "values", "v=/v"));
        all.putAll(options);
        return RecordingHost.of(new KafkaFactory(), all, new FakeClock(STAMPED), own);
    }

    private static List<Double> values(Recording recording) {
        return recording.events().stream()
                .map(event -> ((SeriesPoint) event).fields().get("v"))
                .toList();
    }
}
