package candlestack.ingest.sources.votes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import candlestack.ingest.api.Document;
import candlestack.ingest.api.Document.Stream;
import candlestack.ingest.api.InvalidConfigException;
import candlestack.ingest.api.Position;
import candlestack.ingest.api.SourceReader;
import candlestack.ingest.testkit.FakeClock;
import candlestack.ingest.testkit.RecordingHost;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VotesTest {
    private static final JsonMapper JSON = new JsonMapper();
    /** An hour in which votes come at the mean rate. */
    private static final Instant NOW = Instant.parse("2026-03-02T13:00:00Z");

    private static final Map<String, String> OPTIONS =
            Map.of("voters", "1000", "candidates", "3", "regions", "4", "rate", "1000", "seed", "7");

    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock(NOW);

    @Test
    void givesCandidatesThenTheRegisterThenItsVotes() throws Exception {
        List<Document> documents = documents(OPTIONS, Optional.empty(), 1_100);

        assertThat(documents.subList(0, 3)).extracting(Document::key).containsExactly("C1", "C2", "C3");
        assertThat(documents.subList(0, 3)).extracting(Document::stream).containsOnly(Stream.VOTES_CANDIDATES);
        assertThat(documents.subList(3, 1_003)).extracting(Document::stream).containsOnly(Stream.VOTES_VOTERS);
        assertThat(documents.subList(1_003, 1_100)).extracting(Document::stream).containsOnly(Stream.VOTES_CAST);
    }

    @Test
    void writesTheFieldsOfTheContract() throws Exception {
        List<Document> documents = documents(OPTIONS, Optional.empty(), 1_100);
        JsonNode voter = json(documents.get(3));
        Document vote = documents.get(1_003);

        assertThat(names(json(documents.get(0))))
                .containsExactly(
                        "candidate_id", "name", "party_affiliation", "biography", "campaign_platform", "photo_url");
        assertThat(names(voter))
                .containsExactly(
                        "voter_id",
                        "name",
                        "date_of_birth",
                        "gender",
                        "nationality",
                        "registration_number",
                        "region",
                        "email",
                        "phone",
                        "picture",
                        "registered_age",
                        "address");
        assertThat(names(voter.path("address"))).containsExactly("street", "city", "state", "country", "postcode");
        assertThat(names(json(vote))).containsExactly("vote_id", "voter_id", "candidate_id", "region", "voting_time");
        assertThat(vote.id()).isEqualTo("votes@2026-03-02T13:00:00Z#0");
        assertThat(vote.key()).isEqualTo(json(vote).path("voter_id").textValue());
        assertThat(Instant.parse(json(vote).path("voting_time").textValue())).isEqualTo(vote.time());
    }

    @Test
    void aSeedGivesTheSamePeopleAndTheSameVotes() throws Exception {
        Map<String, String> other = new HashMap<>(OPTIONS);
        other.put("seed", "8");

        List<String> first = contents(documents(OPTIONS, Optional.empty(), 1_500));

        assertThat(contents(documents(OPTIONS, Optional.empty(), 1_500))).isEqualTo(first);
        assertThat(contents(documents(other, Optional.empty(), 1_500))).isNotEqualTo(first);
    }

    @Test
    void goesOnExactlyAfterAPosition() throws Exception {
        List<String> undisturbed = contents(documents(OPTIONS, Optional.empty(), 2_500));
        List<Document> before;
        Position position;
        clock.advance(Duration.between(clock.instant(), NOW));
        RecordingHost host = host(OPTIONS);
        try (SourceReader reader = host.open(new VotesFactory(), Optional.empty())) {
            var recording = host.read(reader, 1_200);
            before = documents(recording.events());
            position = recording.position().orElseThrow();
        }

        List<Document> after = documents(OPTIONS, Optional.of(position), 500);

        // The candidates come again at every opening.
        assertThat(contents(after.subList(3, 500))).isEqualTo(undisturbed.subList(before.size(), before.size() + 497));
    }

    @Test
    void beginsANewElectionWhenTheSeedOrTheRegionsHaveChanged() throws Exception {
        Position position;
        RecordingHost host = host(OPTIONS);
        try (SourceReader reader = host.open(new VotesFactory(), Optional.empty())) {
            position = host.read(reader, 1_200).position().orElseThrow();
        }

        for (Map.Entry<String, String> changed :
                Map.of("seed", "8", "regions", "5").entrySet()) {
            Map<String, String> options = new HashMap<>(OPTIONS);
            options.put(changed.getKey(), changed.getValue());

            // After the candidates.
            Document first = documents(options, Optional.of(position), 4).get(3);

            assertThat(first.stream()).isEqualTo(Stream.VOTES_VOTERS);
            assertThat(first.id()).endsWith("/voters#0");
        }
    }

    @Test
    void goesOnAfterAPositionThatDoesNotSayWhoTheVotersAre() throws Exception {
        Position position;
        RecordingHost host = host(OPTIONS);
        try (SourceReader reader = host.open(new VotesFactory(), Optional.empty())) {
            position = host.read(reader, 1_200).position().orElseThrow();
        }
        Map<String, String> fields = new HashMap<>(position.fields());
        assertThat(fields.keySet().removeAll(Set.of("seed", "regions"))).isTrue();

        assertThat(documents(OPTIONS, Optional.of(new Position(fields)), 300))
                .isEqualTo(documents(OPTIONS, Optional.of(position), 300));
    }

    @Test
    void everybodyVotesOnceAndOnlyAfterRegistering() throws Exception {
        List<Document> documents = documents(OPTIONS, Optional.empty(), 5_000);
        Set<String> registered = new HashSet<>();
        Set<String> voted = new HashSet<>();
        for (Document document : documents) {
            switch (document.stream()) {
                case VOTES_VOTERS -> assertThat(registered.add(document.key())).isTrue();
                case VOTES_CAST -> {
                    assertThat(registered).contains(document.key());
                    assertThat(voted.add(document.key())).isTrue();
                }
                default -> assertThat(document.stream()).isEqualTo(Stream.VOTES_CANDIDATES);
            }
        }
        // A register is followed by the next when all who will vote have voted.
        assertThat(registered).hasSize(3_000);
    }

    @Test
    void regionsDifferInSizeAndTurnout() {
        Electorate electorate = new Electorate(7, Region.of(4, 7), 3);
        long[] voters = new long[4];
        long[] voting = new long[4];
        for (long voter = 0; voter < 40_000; voter++) {
            voters[electorate.regionOf(voter)]++;
            voting[electorate.regionOf(voter)] += electorate.willVote(voter) ? 1 : 0;
        }

        double weights =
                electorate.regions().stream().mapToDouble(Region::weight).sum();
        for (int index = 0; index < 4; index++) {
            Region region = electorate.regions().get(index);
            assertThat(voters[index] / 40_000.0).isCloseTo(region.weight() / weights, within(0.01));
            assertThat((double) voting[index] / voters[index]).isCloseTo(region.turnout(), within(0.02));
        }
        assertThat(voters[0]).isGreaterThan(2 * voters[3]);
        assertThat(electorate.regions().stream().map(Region::turnout).distinct())
                .hasSize(4);
    }

    @Test
    void preferencesDrift() {
        Electorate electorate = new Electorate(7, Region.of(1, 7), 3);

        double[] early = shares(electorate, 0);
        double[] later = shares(electorate, 1_500);

        double moved = IntStream.range(0, 3)
                .mapToDouble(candidate -> Math.abs(early[candidate] - later[candidate]))
                .max()
                .orElseThrow();
        assertThat(moved).isGreaterThan(0.05);
    }

    @Test
    void givesTheShareOfDoubleVotesAndOfMalformedOnesThatIsAskedFor() throws Exception {
        Map<String, String> options = new HashMap<>(OPTIONS);
        options.put("double-votes", "0.2");
        options.put("malformed", "0.1");
        List<Document> votes = documents(options, Optional.empty(), 9_000).stream()
                .filter(document -> document.stream() == Stream.VOTES_CAST)
                .toList();
        Set<String> voted = new HashSet<>();
        int doubled = 0;
        int malformed = 0;
        for (Document vote : votes) {
            if (!isReadable(json(vote))) {
                malformed++;
            } else if (!voted.add(vote.key())) {
                doubled++;
            }
        }

        assertThat((double) doubled / votes.size()).isCloseTo(0.2, within(0.02));
        assertThat((double) malformed / votes.size()).isCloseTo(0.1, within(0.02));
    }

    @Test
    void refusesSharesThatLeaveNoVotes() {
        assertThatThrownBy(() -> new VotesFactory().config().bind(Map.of("double-votes", "0.5", "malformed", "0.5")))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessage("Invalid double-votes and malformed: 1.0 of the votes together, expected at most 0.9");
    }

    @Test
    void keepsItsRateByTheHour() {
        assertThat(votes("2026-03-02T13:00:00Z", 1)).isCloseTo(7_200, within(1L));
        assertThat(votes("2026-03-02T18:00:00Z", 1)).isCloseTo(12_240, within(1L));
        assertThat(votes("2026-03-02T03:00:00Z", 1)).isCloseTo(2_880, within(1L));
        assertThat(votes("2026-03-02T00:00:00Z", 24)).isCloseTo(2 * 86_400, within(10L));
    }

    @Test
    void leavesOutWhatWasHeldUpForLonger() {
        Turnstile turnstile = new Turnstile(1_000, NOW);

        assertThat(turnstile.due(NOW.plus(Duration.ofMinutes(30)))).isEqualTo(1_000);
    }

    /** At two votes a second, asked four times a second. */
    private static long votes(String start, int hours) {
        Instant from = Instant.parse(start);
        Turnstile turnstile = new Turnstile(2, from);
        long votes = 0;
        for (int quarter = 1; quarter <= 4 * 3_600 * hours; quarter++) {
            long due = turnstile.due(from.plusMillis(quarter * 250L).minusNanos(1));
            turnstile.given(due);
            votes += due;
        }
        return votes;
    }

    private static double[] shares(Electorate electorate, long vote) {
        double[] shares = new double[3];
        for (int i = 0; i < 10_000; i++) {
            shares[electorate.choice(0, vote, i / 10_000.0)] += 1 / 10_000.0;
        }
        return shares;
    }

    private static boolean isReadable(JsonNode vote) {
        return vote.path("voter_id").isTextual()
                && vote.path("candidate_id").isTextual()
                && vote.path("region").isTextual()
                && !vote.path("voting_time").textValue().equals("yesterday");
    }

    /** Everything but the time, which is the clock's. */
    private static List<String> contents(List<Document> documents) {
        return documents.stream()
                .map(document -> document.id()
                        + document.stream()
                        + document.key()
                        + document.json().replaceAll("\"voting_time\":\"[^\"]*\"", ""))
                .toList();
    }

    private static Set<String> names(JsonNode object) {
        return object.properties().stream()
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    }

    private static JsonNode json(Document document) throws Exception {
        return JSON.readTree(document.json());
    }

    private static List<Document> documents(List<? extends Object> events) {
        Function<Object, Document> cast = Document.class::cast;
        return events.stream().map(cast).toList();
    }

    private List<Document> documents(Map<String, String> options, Optional<Position> position, int count)
            throws Exception {
        clock.advance(Duration.between(clock.instant(), NOW));
        RecordingHost host = host(options);
        try (SourceReader reader = host.open(new VotesFactory(), position)) {
            return documents(host.read(reader, count).events()).subList(0, count);
        }
    }

    private RecordingHost host(Map<String, String> options) throws Exception {
        return RecordingHost.of(new VotesFactory(), options, clock, folder);
    }
}
