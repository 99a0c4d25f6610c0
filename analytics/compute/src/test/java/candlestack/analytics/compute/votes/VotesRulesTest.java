package candlestack.analytics.compute.votes;

import static candlestack.analytics.compute.votes.Election.cast;
import static candlestack.analytics.compute.votes.Election.record;
import static candlestack.analytics.compute.votes.Election.vote;
import static candlestack.analytics.compute.votes.Election.voteJson;
import static candlestack.analytics.compute.votes.Election.voter;
import static org.assertj.core.api.Assertions.assertThat;

import candlestack.analytics.compute.stream.Said;
import candlestack.analytics.compute.stream.StreamRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VotesRulesTest {
    private static final String TEN = "2026-03-02T10:00:00.000Z";
    private static final String ELEVEN = "2026-03-02T11:00:00.000Z";

    private final Election election = new Election();

    @Test
    void countsAVote() {
        Said said = election.turn(vote("v1", "ann", "C1", "North", "2026-03-02T11:00:00+01:00"));

        assertThat(said.records)
                .containsExactly(
                        new Said.Written("votes.counted", "ann", voteJson("v1", "ann", "C1", "North", TEN), "ann/v1"));
        assertThat(said.deadLetters).isEmpty();
    }

    @Test
    void refusesASecondVote() {
        election.turn(vote("v1", "ann", "C1", "North", TEN));
        Said said = election.turn(vote("v2", "ann", "C2", "North", ELEVEN));

        assertThat(said.records).isEmpty();
        assertThat(said.points).isEmpty();
        assertThat(said.deadLetters)
                .containsExactly("v2: already voted: of the votes of a voter the first by voting time counts,"
                        + " and this is a later one");
    }

    @Test
    void anEarlierVoteThatComesLaterTakesThePlace() {
        election.turn(vote("v2", "ann", "C2", "North", ELEVEN));
        Said said = election.turn(vote("v1", "ann", "C1", "North", TEN));

        assertThat(said.records)
                .extracting(Said.Written::value)
                .containsExactly(voteJson("v1", "ann", "C1", "North", TEN));
        assertThat(said.deadLetters).containsExactly("v2: " + VoterState.ALREADY_VOTED);
    }

    @Test
    void everyOrderOfArrivalAndEveryCutIntoTurnsGivesTheSame() {
        List<StreamRecord> votes = List.of(
                vote("v1", "ann", "C1", "North", ELEVEN),
                vote("v2", "ann", "C2", "South", TEN),
                vote("v3", "ann", "C3", "North", TEN),
                vote("v4", "ann", "C1", "North", "2026-03-02T10:30:00Z"),
                voter("ann", "North", "2026-03-02T09:00:00Z"));
        for (List<StreamRecord> order : permutations(votes)) {
            for (int cut = 0; cut <= votes.size(); cut++) {
                Election one = new Election();
                one.turn(order.subList(0, cut).toArray(StreamRecord[]::new));
                one.turn(order.subList(cut, order.size()).toArray(StreamRecord[]::new));

                assertThat(one.counted).isEqualTo(Map.of("ann", voteJson("v2", "ann", "C2", "South", TEN)));
                assertThat(one.deadLetters)
                        .containsExactly(
                                "v1: " + VoterState.ALREADY_VOTED,
                                "v3: " + VoterState.ALREADY_VOTED,
                                "v4: " + VoterState.ALREADY_VOTED);
                assertThat(one.points)
                        .containsEntry("tally/C2/" + TEN, Map.of("votes", 1.0, "share", 1.0))
                        .containsEntry("turnout/South/" + TEN, Map.of("votes", 1.0, "registered", 0.0))
                        .containsEntry(
                                "turnout/North/2026-03-02T09:00:00.000Z",
                                Map.of("votes", 0.0, "registered", 1.0, "rate", 0.0));
                // Where a vote was counted for a while, the points say by now that it is not.
                assertThat(one.points.entrySet().stream()
                                .filter(point -> point.getKey().startsWith("tally/C1")
                                        || point.getKey().startsWith("tally/C3")))
                        .allSatisfy(
                                point -> assertThat(point.getValue()).isEqualTo(Map.of("votes", 0.0, "share", 0.0)));
            }
        }
    }

    @Test
    void aRepeatedEventIsNoAttempt() {
        StreamRecord sequenced = cast("source#7", voteJson("v1", "ann", "C1", "North", TEN));
        StreamRecord refused = vote("v2", "ann", "C2", "North", ELEVEN);
        election.turn(sequenced, refused);
        Said said = election.turn(
                sequenced,
                cast("source#6", voteJson("v0", "ann", "C2", "North", "2026-03-02T09:00:00Z")),
                refused,
                // Read again under another id, as after the loss of a position.
                cast("other#1", voteJson("v1", "ann", "C1", "North", TEN)));

        assertThat(said.records).isEmpty();
        assertThat(said.deadLetters).isEmpty();
        assertThat(said.forwarded).isEmpty();
    }

    @Test
    void aVoteFromTheFutureMovesNothing() {
        Said said = election.turn(vote("v1", "ann", "C1", "North", "2026-03-02T12:01:00.001Z"));

        assertThat(said.deadLetters)
                .containsExactly("v1: From the future: 2026-03-02T12:01:00.001Z is 60.001s ahead of its arrival at the"
                        + " broker, analytics.future allows 60.0s; check the clock of its source");
        assertThat(election.size("ann")).isZero();
        assertThat(election.turn(vote("v2", "ann", "C1", "North", "2026-03-02T12:01:00Z")).deadLetters)
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "''| Cannot read the vote: the record is empty",
                "{\"voter_id\":\"ann\"| Cannot read JSON",
                "[1]| Cannot read JSON",
                "{}| Missing vote_id: a vote can be told from all others",
                "{\"vote_id\":\"v\"}| Missing voter_id: a vote is somebody's",
                "{\"vote_id\":\"v\",\"voter_id\":null}| Missing voter_id: a vote is somebody's",
                "{\"vote_id\":\"v\",\"voter_id\":\"ann\"}| Missing candidate_id: a vote is for a candidate",
                "{\"vote_id\":\"v\",\"voter_id\":\"ann\",\"candidate_id\":\"C1\"}| Missing region: a vote is counted in a region",
                "{\"vote_id\":\"v\",\"voter_id\":\"ann\",\"candidate_id\":\"C1\",\"region\":7}| Invalid region: 7, expected a string",
                "{\"vote_id\":\"v\",\"voter_id\":\"ann\",\"candidate_id\":\"C1\",\"region\":\"N\"}| Missing voting_time: the first vote of a voter counts",
                "{\"vote_id\":\"v\",\"voter_id\":\"ann\",\"candidate_id\":\"C1\",\"region\":\"N\",\"voting_time\":\"yesterday\"}| Invalid voting_time: 'yesterday', expected ISO-8601 in UTC",
                "{\"vote_id\":\"v\",\"voter_id\":\"ann\",\"candidate_id\":\"C1\",\"region\":\"N\",\"voting_time\":\"2026-03-02T10:00:00Z\",\"voter_id\":\"bob\"}| Invalid voter_id: both 'ann' and 'bob', expected one"
            })
    void refusesWhatIsNoVote(String json, String reason) {
        Said said = election.turn(cast("e1", json.equals("''") ? "" : json));

        assertThat(said.records).isEmpty();
        assertThat(said.deadLetters).singleElement().asString().startsWith("e1: " + reason);
        assertThat(election.size("ann")).isZero();
    }

    @Test
    void refusesAVoterWithoutARegion() {
        StreamRecord nowhere = record("votes.voters", "ann", "e1", "{\"voter_id\":\"ann\"}", TEN);

        assertThat(election.turn(nowhere).deadLetters)
                .containsExactly("e1: Missing region: a voter is registered in a region, or a state");
    }

    @Test
    void theStateOfTheAddressStandsInForTheRegion() {
        String json = "{\"voter_id\":\"ann\",\"address\":{\"street\":\"1\",\"state\":\"West\"}}";
        election.turn(record("votes.voters", "ann", "e1", json, TEN));

        assertThat(election.points).containsOnlyKeys("turnout/West/" + TEN);
    }

    @Test
    void aVoterWhoMovesIsCountedWhereItLives() {
        election.turn(voter("ann", "North", TEN), voter("ann", "North", ELEVEN), voter("ann", "South", ELEVEN));

        assertThat(election.points)
                .containsOnlyKeys("turnout/North/" + TEN, "turnout/South/" + ELEVEN)
                .containsEntry("turnout/North/" + TEN, Map.of("votes", 0.0, "registered", 0.0))
                .containsEntry("turnout/South/" + ELEVEN, Map.of("votes", 0.0, "registered", 1.0, "rate", 0.0));
    }

    @Test
    void anErasedVoterStaysANumberOfTheRegister() {
        election.turn(voter("ann", "North", TEN));
        Said said = election.turn(new StreamRecord("votes.voters", "ann", null, 0, new byte[] {'x'}, "votes.voters"));

        assertThat(said.forwarded).isEmpty();
        assertThat(said.deadLetters).isEmpty();
    }

    @Test
    void saysWhatCandidatesAndRegionsHaveAtTheEndOfEachMinute() {
        election.turn(
                voter("ann", "North", TEN),
                voter("bob", "North", TEN),
                vote("v1", "ann", "C1", "North", "2026-03-02T10:00:10Z"),
                vote("v2", "bob", "C2", "North", "2026-03-02T10:02:59.999Z"),
                vote("v3", "cid", "C2", "South", "2026-03-02T10:02:00Z"));

        assertThat(election.points)
                .isEqualTo(Map.of(
                        "tally/C1/2026-03-02T10:00:00.000Z", Map.of("votes", 1.0, "share", 1.0),
                        "tally/C1/2026-03-02T10:02:00.000Z", Map.of("votes", 1.0, "share", 1.0 / 3),
                        "tally/C2/2026-03-02T10:02:00.000Z", Map.of("votes", 2.0, "share", 2.0 / 3),
                        "turnout/North/2026-03-02T10:00:00.000Z", Map.of("votes", 1.0, "registered", 2.0, "rate", 0.5),
                        "turnout/North/2026-03-02T10:02:00.000Z", Map.of("votes", 2.0, "registered", 2.0, "rate", 1.0),
                        "turnout/South/2026-03-02T10:02:00.000Z", Map.of("votes", 1.0, "registered", 0.0)));
    }

    @Test
    void aLateVoteCorrectsItsMinuteAndAllLaterOnes() {
        election.turn(
                vote("v1", "ann", "C1", "North", "2026-03-02T10:00:00Z"),
                vote("v2", "bob", "C1", "North", "2026-03-02T10:05:00Z"));
        Said said = election.turn(vote("v3", "cid", "C2", "North", "2026-03-02T10:03:00Z"));

        assertThat(said.points).hasSize(6);
        assertThat(election.points)
                .containsEntry("tally/C1/2026-03-02T10:00:00.000Z", Map.of("votes", 1.0, "share", 1.0))
                .containsEntry("tally/C1/2026-03-02T10:03:00.000Z", Map.of("votes", 1.0, "share", 0.5))
                .containsEntry("tally/C2/2026-03-02T10:03:00.000Z", Map.of("votes", 1.0, "share", 0.5))
                .containsEntry("tally/C1/2026-03-02T10:05:00.000Z", Map.of("votes", 2.0, "share", 2.0 / 3))
                .containsEntry("tally/C2/2026-03-02T10:05:00.000Z", Map.of("votes", 1.0, "share", 1.0 / 3))
                .containsEntry("turnout/North/2026-03-02T10:05:00.000Z", Map.of("votes", 3.0, "registered", 0.0));
    }

    @Test
    void aVoteOlderThanADayMovesTheTotalsThatAreLeft() {
        election.turn(vote("v1", "ann", "C1", "North", "2026-03-02T10:00:00Z"));
        election.turn(vote("v2", "bob", "C2", "North", "2026-02-27T10:00:00Z"));

        assertThat(election.points)
                .containsOnlyKeys("tally/C1/" + TEN, "tally/C2/" + TEN, "turnout/North/" + TEN)
                .containsEntry("tally/C2/" + TEN, Map.of("votes", 1.0, "share", 0.5));
    }

    @Test
    void whereTurnsEndMakesNoDifferenceOverDays() {
        List<StreamRecord> votes = IntStream.range(0, 2_000)
                .mapToObj(i -> vote(
                        "v" + i,
                        "voter" + i,
                        "C" + i % 3,
                        "R" + i % 2,
                        // Five minutes apart, every tenth an hour early: seven days.
                        java.time.Instant.parse("2026-02-20T00:00:00Z")
                                .plusSeconds(300L * i - (i % 10 == 0 ? 3_600 : 0))
                                .toString()))
                .toList();
        Election whole = new Election();
        whole.turn(votes.toArray(StreamRecord[]::new));
        Random random = new Random(7);
        for (int from = 0; from < votes.size(); ) {
            int to = Math.min(votes.size(), from + 1 + random.nextInt(400));
            election.turn(votes.subList(from, to).toArray(StreamRecord[]::new));
            from = to;
        }

        assertThat(election.points).isEqualTo(whole.points);
        assertThat(election.points.get("tally/C0/" + election.points.lastKey().substring("turnout/R1/".length())))
                .isEqualTo(Map.of("votes", 667.0, "share", 667.0 / 2_000));
    }

    @Test
    void keepsLittleOfAVoter() {
        election.turn(voter("ann", "North", TEN), vote("v1", "ann", "C1", "North", TEN));

        assertThat(election.size("ann")).isLessThan(200);
    }

    private static List<List<StreamRecord>> permutations(List<StreamRecord> records) {
        if (records.isEmpty()) {
            return List.of(Collections.emptyList());
        }
        List<List<StreamRecord>> all = new ArrayList<>();
        for (StreamRecord first : records) {
            List<StreamRecord> rest = new ArrayList<>(records);
            rest.remove(first);
            for (List<StreamRecord> order : permutations(rest)) {
                List<StreamRecord> permutation = new ArrayList<>(List.of(first));
                permutation.addAll(order);
                all.add(permutation);
            }
        }
        return all;
    }
}
