package candlestack.analytics.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import candlestack.analytics.compute.json.IsoTime;
import candlestack.config.Topic;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams of two stages whose job is killed in mid-batch: what they say in the end is what a plain count gives. */
class KilledStreamsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int VOTERS = 2_100;
    private static final int EVENTS = 6_000;
    /** A part of what one micro-batch gives. */
    private static final int ENOUGH = 500;

    private static final List<String> REGIONS = List.of("North", "South", "West");

    @TempDir
    Path folder;

    private TestBroker broker;

    @BeforeEach
    void startBroker() {
        broker = TestBroker.start(folder.resolve("kafka"));
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    @Test
    void votesAndDevicesAreCountedOnceWhateverIsKilled() throws Exception {
        List<Vote> votes = castVotes();
        Set<String> readings = new TreeSet<>();
        Set<String> errors = new TreeSet<>();
        sendReadings(readings, errors);
        Map<String, Vote> first = votes.stream()
                .collect(Collectors.toMap(
                        Vote::voter, vote -> vote, (one, other) -> one.millis() < other.millis() ? one : other));

        killOnce(Topic.VOTES_COUNTED);
        // Devices begin when the votes are worked off: this one is killed in the midst of theirs.
        killOnce(Topic.DEVICES_READINGS);

        try (AnalyticsProcess job = start("last.log")) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> lastOf(Topic.VOTES_COUNTED).size() == VOTERS
                            && alreadyVoted().size() == votes.size() - VOTERS
                            && tallies().values().stream()
                                            .mapToInt(Integer::intValue)
                                            .sum()
                                    == VOTERS
                            && readings(Topic.DEVICES_READINGS).size() == readings.size()
                            && readings(Topic.DEVICES_ERRORS).size() == errors.size());
            job.kill();
        }
        assertThat(lastOf(Topic.VOTES_COUNTED))
                .isEqualTo(first.values().stream().collect(Collectors.toMap(Vote::voter, Vote::json)));
        assertThat(alreadyVoted())
                .isEqualTo(votes.stream()
                        .filter(vote -> !first.get(vote.voter()).equals(vote))
                        .map(Vote::json)
                        .collect(Collectors.toSet()));
        assertThat(tallies())
                .isEqualTo(first.values().stream()
                        .collect(Collectors.toMap(Vote::candidate, vote -> 1, Integer::sum, TreeMap::new)));
        assertThat(readings(Topic.DEVICES_READINGS)).isEqualTo(readings);
        assertThat(eventIds(Topic.DEVICES_READINGS))
                .as("by its number each is known when it is said again")
                .hasSameSizeAs(readings);
        assertThat(readings(Topic.DEVICES_ERRORS)).isEqualTo(errors);
    }

    private void killOnce(Topic output) throws IOException {
        try (AnalyticsProcess job = start("killed in " + output + ".log")) {
            await().atMost(PATIENCE).until(() -> broker.records(output).size() >= ENOUGH);
            job.kill();
        }
    }

    /** No two of a voter at the same time. */
    private record Vote(int number, String voter, String candidate, long millis) {
        String json() {
            return "{\"vote_id\":\"v" + number + "\",\"voter_id\":\"" + voter + "\",\"candidate_id\":\"" + candidate
                    + "\",\"region\":\"" + REGIONS.get(Math.floorMod(voter.hashCode(), REGIONS.size()))
                    + "\",\"voting_time\":\""
                    + IsoTime.format(millis * 1_000_000) + "\"}";
        }
    }

    /** Every voter's, a third of them a second one, earlier or later; and every tenth arrives twice. */
    private List<Vote> castVotes() {
        Random random = new Random(11);
        long start = System.currentTimeMillis() - Duration.ofHours(2).toMillis();
        List<Vote> votes = IntStream.range(0, VOTERS + VOTERS / 3)
                .mapToObj(number -> new Vote(
                        number,
                        "voter" + number % VOTERS,
                        "C" + random.nextInt(4),
                        start + random.nextInt(3_600) * 1000L + number / VOTERS))
                .toList();
        for (Vote vote : votes) {
            for (int copies = random.nextInt(10) == 0 ? 2 : 1; copies > 0; copies--) {
                broker.send(Topic.VOTES_CAST, vote.voter(), "election#" + vote.number(), vote.json());
            }
        }
        broker.flush();
        return votes;
    }

    /** One reading an event, each of a temperature of its own; every twentieth has no status. */
    private void sendReadings(Set<String> readings, Set<String> errors) {
        long start = System.currentTimeMillis() - Duration.ofMinutes(10).toMillis();
        for (int i = 0; i < EVENTS; i++) {
            boolean error = i % 20 == 0;
            String temperature = Double.toString(i / 10.0);
            String event = "{\"eventId\":\"e" + i + "\",\"customerId\":\"C1\",\"eventTime\":\""
                    + IsoTime.format((start + i * 100L) * 1_000_000)
                    + "\",\"data\":{\"devices\":[{\"deviceId\":\"D" + i % 7 + "\",\"temperature\":" + temperature
                    + ",\"measure\":\"C\",\"status\":" + (error ? "null" : "\"SUCCESS\"") + "}]}}";
            broker.send(Topic.DEVICES_EVENTS, "e" + i, "d#" + i, event);
            (error ? errors : readings).add("D" + i % 7 + " " + temperature);
        }
        broker.flush();
    }

    private Map<String, String> lastOf(Topic topic) {
        Map<String, String> last = new HashMap<>();
        broker.records(topic).forEach(record -> last.put(record.key(), new String(record.value(), UTF_8)));
        return last;
    }

    private Set<String> alreadyVoted() {
        return values(Topic.DEAD_LETTERS).stream()
                .filter(letter -> letter.path("reason").asText().startsWith("already voted"))
                .map(letter ->
                        new String(Base64.getDecoder().decode(letter.path("raw").asText()), UTF_8))
                .collect(Collectors.toSet());
    }

    /** Of each candidate the total at its latest time, as the store would have it: the last said of a time holds. */
    private Map<String, Integer> tallies() {
        Map<String, TreeMap<String, Integer>> all = new HashMap<>();
        for (JsonNode point : values(Topic.ANALYTICS_POINTS)) {
            if (point.path("measurement").asText().equals("tally")) {
                all.computeIfAbsent(point.path("tags").path("candidate").asText(), candidate -> new TreeMap<>())
                        .put(
                                point.path("time").asText(),
                                point.path("fields").path("votes").asInt());
            }
        }
        Map<String, Integer> totals = new TreeMap<>();
        all.forEach(
                (candidate, byTime) -> totals.put(candidate, byTime.lastEntry().getValue()));
        return totals;
    }

    private Set<String> readings(Topic topic) {
        return values(topic).stream()
                .map(reading -> reading.path("deviceId").asText() + " "
                        + reading.path("temperature").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> eventIds(Topic topic) {
        return broker.records(topic).stream()
                .map(record ->
                        new String(record.headers().lastHeader("event-id").value(), UTF_8))
                .collect(Collectors.toSet());
    }

    private List<JsonNode> values(Topic topic) {
        return broker.records(topic).stream().map(KilledStreamsTest::json).toList();
    }

    private static JsonNode json(ConsumerRecord<String, byte[]> record) {
        try {
            return MAPPER.readTree(record.value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private AnalyticsProcess start(String log) throws IOException {
        return AnalyticsProcess.start(
                folder.resolve(log),
                Map.of(
                        "CANDLESTACK_CONFIG",
                        folder.resolve("candlestack.yaml").toString(),
                        "CANDLESTACK_HOME",
                        folder.resolve("a home").toString(),
                        "CANDLESTACK_KAFKA_URL",
                        broker.bootstrap(),
                        "CANDLESTACK_ANALYTICS_BATCH",
                        "1000",
                        "CANDLESTACK_ANALYTICS_QUIET_TRIGGER",
                        "200ms",
                        "CANDLESTACK_ANALYTICS_STREAMS",
                        "votes,devices"));
    }
}
