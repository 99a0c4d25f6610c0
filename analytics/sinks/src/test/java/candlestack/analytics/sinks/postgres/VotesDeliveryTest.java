package candlestack.analytics.sinks.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import candlestack.analytics.sinks.delivery.Refusals;
import candlestack.config.Secrets;
import candlestack.config.Settings;
import candlestack.local.services.ServiceTest;
import candlestack.local.services.TestService;
import candlestack.local.services.TestServices;
import candlestack.setup.SetupSteps;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real PostgreSQL. What a process that is killed delivers again is what is delivered twice here. */
@ServiceTest
class VotesDeliveryTest {
    private static final String TEN = "2026-03-02T10:00:00Z";
    private static final String ELEVEN = "2026-03-02T11:00:00Z";

    @TempDir
    static Path home;

    private static TestService postgres;
    private static Settings settings;
    private VotesDelivery delivery;

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = TestServices.postgres(home);
        settings = TestServices.settings(home, Map.of("retention", "30d"), postgres);
        SetupSteps.postgres(settings).run(Duration.ofSeconds(60));
    }

    @AfterAll
    static void stopPostgres() {
        postgres.close();
    }

    @BeforeEach
    void openDelivery() throws SQLException {
        try (Connection connection = connection("postgres", Secrets.POSTGRES_SUPERUSER);
                Statement statement = connection.createStatement()) {
            statement.execute("truncate votes.candidates, votes.voters, votes.votes, votes.votes_per_candidate,"
                    + " votes.turnout_by_region, votes.tally_by_minute");
        }
        delivery = VotesDelivery.start(settings, InstantSource.system());
    }

    @AfterEach
    void closeDelivery() {
        delivery.close();
    }

    @Test
    void writesVotesAndWhatTheyAddUpTo() throws Exception {
        deliver(List.of(
                voter("ann", "North", now()),
                voter("bob", "North", now()),
                voter("cid", "South", now()),
                vote("v1", "ann", "C1", "North", TEN),
                vote("v2", "bob", "C2", "North", "2026-03-02T10:00:59.999Z"),
                vote("v3", "cid", "C1", "South", ELEVEN)));

        assertThat(rows("select vote_id, voter_id, candidate_id, region, voting_time at time zone 'UTC'"
                        + " from votes.votes order by 1"))
                .containsExactly(
                        "v1|ann|C1|North|2026-03-02 10:00:00",
                        "v2|bob|C2|North|2026-03-02 10:00:59.999",
                        "v3|cid|C1|South|2026-03-02 11:00:00");
        assertThat(rows("select * from votes.votes_per_candidate order by 1")).containsExactly("C1|2", "C2|1");
        assertThat(rows("select * from votes.turnout_by_region order by 1"))
                .containsExactly("North|2|2|1", "South|1|1|1");
        assertThat(tallyByMinute()).containsExactly("10:00|C1|1", "10:00|C2|1", "11:00|C1|1");
    }

    @Test
    void anEarlierVoteTakesThePlaceAndMovesEverySum() throws Exception {
        deliver(List.of(vote("v2", "ann", "C2", "South", ELEVEN)));
        deliver(List.of(vote("v1", "ann", "C1", "North", TEN)));

        assertThat(rows("select vote_id, candidate_id from votes.votes")).containsExactly("v1|C1");
        assertThat(rows("select * from votes.votes_per_candidate")).containsExactly("C1|1");
        assertThat(rows("select region, votes, registered from votes.turnout_by_region"))
                .containsExactly("North|1|0");
        assertThat(tallyByMinute()).containsExactly("10:00|C1|1");

        deliver(List.of(vote("v2", "ann", "C2", "South", ELEVEN)));

        assertThat(rows("select * from votes.votes_per_candidate")).containsExactly("C1|1");
    }

    @Test
    void whateverIsDeliveredAgainOrOutOfOrderGivesTheSameTables() throws Exception {
        Random random = new Random(11);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        Map<String, String[]> first = new HashMap<>();
        SortedMap<String, String> regions = new TreeMap<>();
        for (int voter = 0; voter < 150; voter++) {
            String region = "R" + voter % 4;
            regions.put("voter" + voter, region);
            records.add(voter("voter" + voter, region, now()));
        }
        for (int n = 0; n < 400; n++) {
            String voter = "voter" + random.nextInt(150);
            String time = Instant.parse(TEN).plusSeconds(random.nextInt(1_800)).toString();
            String[] vote = {time, "v%03d".formatted(n), "C" + random.nextInt(3), regions.get(voter)};
            records.add(vote(vote[1], voter, vote[2], vote[3], time));
            first.merge(voter, vote, (a, b) -> (a[0] + a[1]).compareTo(b[0] + b[1]) < 0 ? a : b);
        }

        Collections.shuffle(records, random);
        for (int from = 0; from < records.size(); ) {
            int to = Math.min(records.size(), from + 1 + random.nextInt(60));
            deliver(records.subList(from, to));
            // A process that dies between the transaction and the commit of the offsets begins here again.
            from = random.nextInt(3) == 0 ? Math.max(0, from - 5) : to;
        }
        deliver(records);

        assertThat(rows("select voter_id, vote_id, candidate_id, region from votes.votes order by voter_id"))
                .isEqualTo(new TreeMap<>(first)
                        .entrySet().stream()
                                .map(vote -> vote.getKey() + "|" + vote.getValue()[1] + "|" + vote.getValue()[2] + "|"
                                        + vote.getValue()[3])
                                .toList());
        assertThat(rows("select candidate_id, votes from votes.votes_per_candidate order by 1"))
                .isEqualTo(sums(first, vote -> vote[2]));
        assertThat(rows("select region, votes from votes.turnout_by_region order by 1"))
                .isEqualTo(sums(first, vote -> vote[3]));
        assertThat(rows("select region, registered from votes.turnout_by_region order by 1"))
                .containsExactly("R0|38", "R1|38", "R2|37", "R3|37");
        assertThat(tallyByMinute()).isEqualTo(sums(first, vote -> vote[0].substring(11, 16) + "|" + vote[2]));
    }

    @Test
    void aReaderNeverSeesASumThatIsNotThatOfTheVotes() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        AtomicReference<String> wrong = new AtomicReference<>();
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        Thread reader = new Thread(() -> read(done, seen, wrong), "reader");
        reader.start();
        for (int batch = 0; batch < 40; batch++) {
            List<ConsumerRecord<byte[], byte[]>> votes = new ArrayList<>();
            for (int n = 0; n < 50; n++) {
                // Each voter comes twice, the second time with an earlier vote for somebody else.
                String voter = "voter" + (batch / 2 * 50 + n);
                String time = batch % 2 == 0 ? ELEVEN : TEN;
                votes.add(vote("v" + batch + "-" + n, voter, "C" + (batch + n) % 3, "North", time));
            }
            deliver(votes);
        }
        done.set(true);
        reader.join(60_000);

        assertThat(wrong.get()).isNull();
        assertThat(reader.isAlive()).isFalse();
        assertThat(seen).isNotEmpty();
        assertThat(rows("select count(*), (select sum(votes) from votes.votes_per_candidate) from votes.votes"))
                .containsExactly("1000|1000");
    }

    private static void read(AtomicBoolean done, List<String> seen, AtomicReference<String> wrong) {
        try {
            do {
                String sums = rows("select (select count(*) from votes.votes),"
                                + " (select coalesce(sum(votes), 0) from votes.votes_per_candidate),"
                                + " (select coalesce(sum(votes), 0) from votes.turnout_by_region),"
                                + " (select coalesce(sum(votes), 0) from votes.tally_by_minute)")
                        .get(0);
                seen.add(sums);
                if (List.of(sums.split("\\|")).stream().distinct().count() > 1) {
                    wrong.set(sums);
                }
            } while (!done.get());
        } catch (SQLException e) {
            wrong.set(e.toString());
        }
    }

    @Test
    void keepsCandidatesAndVoters() throws Exception {
        deliver(List.of(
                record("votes.candidates", "C1", "{\"candidate_id\":\"C1\",\"name\":\"Eve\"}", now()),
                record("votes.candidates", "C2", "{\"candidate_id\":\"C2\"}", now()),
                record(
                        "votes.voters",
                        "ann",
                        "{\"voter_id\":\"ann\",\"name\":\"Ann\",\"date_of_birth\":\"1970-12-31T01:00:00.000Z\","
                                + "\"registered_age\":55,\"email\":\"ann@example.org\","
                                + "\"address\":{\"street\":\"1 Road\",\"state\":\"West\",\"postcode\":1234}}",
                        now())));

        assertThat(rows("select candidate_id, name, biography from votes.candidates order by 1"))
                .containsExactly("C1|Eve|null", "C2|C2|null");
        assertThat(rows("select voter_id, name, date_of_birth, registered_age, email, street, state, postcode, region,"
                        + " gender from votes.voters"))
                .containsExactly("ann|Ann|1970-12-31|55|ann@example.org|1 Road|West|1234|West|null");
        assertThat(rows("select region, votes, registered from votes.turnout_by_region"))
                .containsExactly("West|0|1");
    }

    @Test
    void aVoterWhoMovesIsRegisteredWhereItLives() throws Exception {
        deliver(List.of(voter("ann", "North", now()), voter("bob", "North", now())));
        deliver(List.of(voter("ann", "South", now().plusSeconds(1))));
        deliver(List.of(voter("ann", "North", now())));

        assertThat(rows("select voter_id, region from votes.voters order by 1"))
                .containsExactly("ann|South", "bob|North");
        assertThat(rows("select region, registered from votes.turnout_by_region order by 1"))
                .containsExactly("North|1", "South|1");
    }

    @Test
    void clearsPersonalDataThatIsOlderThanTheRetention() throws Exception {
        ConsumerRecord<byte[], byte[]> old = voter("ann", "North", now().minus(Duration.ofDays(29)));
        deliver(List.of(old, voter("bob", "North", now().minus(Duration.ofDays(26)))));
        Instant later = now().plus(Duration.ofDays(2));

        // No record comes any more.
        try (VotesDelivery quiet = VotesDelivery.start(settings, InstantSource.fixed(later))) {
            assertThat(quiet.name()).isEqualTo("postgres-votes");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> rows("select 1 from votes.voters where cleared_at is not null")
                                    .size()
                            == 1);
        }

        assertThat(rows("select voter_id, name, region, cleared_at is not null from votes.voters order by 1"))
                .containsExactly("ann|null|North|t", "bob|Bob|North|f");

        deliver(List.of(old));

        assertThat(rows("select name from votes.voters where voter_id = 'ann'")).containsExactly("null");
        assertThat(rows("select region, registered from votes.turnout_by_region"))
                .containsExactly("North|2");
    }

    @Test
    void anErasedVoterStaysANumberOfTheRegister() throws Exception {
        deliver(List.of(voter("ann", "North", now())));
        deliver(List.of(record("votes.voters", "ann", null, now().plusSeconds(1))));

        assertThat(rows("select name, region from votes.voters")).containsExactly("null|North");
        assertThat(rows("select region, registered from votes.turnout_by_region"))
                .containsExactly("North|1");
    }

    @Test
    void refusesWhatCannotBeRead() throws Exception {
        Refusals refusals = new Refusals();
        int written = delivery.deliver(
                List.of(
                        record("votes.counted", "x", "{\"vote_id\":\"v1\"}", now()),
                        record("votes.voters", "x", "{\"voter_id\":\"x\",\"name\":\"Xeno\"}", now()),
                        vote("v1", "ann", "C1", "North", TEN)),
                refusals);

        assertThat(written).isEqualTo(1);
        assertThat(rows("select voter_id from votes.votes")).containsExactly("ann");
        assertThat(rows("select count(*) from votes.voters")).containsExactly("0");
    }

    private static List<String> sums(Map<String, String[]> votes, java.util.function.Function<String[], String> group) {
        return votes.values().stream()
                .collect(Collectors.groupingBy(group, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(sum -> sum.getKey() + "|" + sum.getValue())
                .toList();
    }

    private static List<String> tallyByMinute() throws SQLException {
        return rows("select to_char(minute at time zone 'UTC', 'HH24:MI'), candidate_id, votes"
                + " from votes.tally_by_minute order by 1, 2");
    }

    private void deliver(List<ConsumerRecord<byte[], byte[]>> records) throws Exception {
        delivery.deliver(records, new Refusals());
    }

    private static ConsumerRecord<byte[], byte[]> vote(
            String voteId, String voterId, String candidateId, String region, String time) {
        String json = """
                {"vote_id":"%s","voter_id":"%s","candidate_id":"%s","region":"%s","voting_time":"%s"}""".formatted(voteId, voterId, candidateId, region, time);
        return record("votes.counted", voterId, json, now());
    }

    private static ConsumerRecord<byte[], byte[]> voter(String voterId, String region, Instant stamp) {
        String name = voterId.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + voterId.substring(1);
        String json = "{\"voter_id\":\"%s\",\"name\":\"%s\",\"region\":\"%s\"}".formatted(voterId, name, region);
        return record("votes.voters", voterId, json, stamp);
    }

    private static ConsumerRecord<byte[], byte[]> record(String topic, String key, String json, Instant stamp) {
        return new ConsumerRecord<>(
                topic,
                0,
                0,
                stamp.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                key.getBytes(UTF_8),
                json == null ? null : json.getBytes(UTF_8),
                new RecordHeaders(),
                Optional.empty());
    }

    private static Instant now() {
        return Instant.now();
    }

    private static Connection connection(String role, String secret) throws SQLException {
        String password = new Secrets(settings.secretsDirectory()).require(secret);
        return DriverManager.getConnection(settings.postgresUrl(), role, password);
    }

    private static List<String> rows(String query) throws SQLException {
        try (Connection connection = connection("grafana", Secrets.POSTGRES_READER);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    columns.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join("|", columns));
            }
            return rows;
        }
    }
}
