package candlestack.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import candlestack.config.Secrets;
import candlestack.config.Topic;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Votes of as many voters for five candidates in eight regions; every twentieth is an attempt of one who has voted. */
final class VotesLoad {
    private static final int EVENTS_PER_ATTEMPT = 20;
    private static final int CANDIDATES = 5;
    private static final int REGIONS = 8;
    private static final int EVENTS_PER_SECOND = 1_000;

    private VotesLoad() {}

    static StreamLoad of(int events) {
        long start = Instant.now().toEpochMilli() - events * 1000L / EVENTS_PER_SECOND;
        int attempts = events / EVENTS_PER_ATTEMPT;
        int votes = events - attempts;
        return new StreamLoad(
                "votes",
                events,
                number -> record(number, start + number * 1000L / EVENTS_PER_SECOND),
                List.of(
                        new StreamLoad.Store("InfluxDB", stack -> tally(stack) / votes),
                        new StreamLoad.Store(
                                "PostgreSQL",
                                stack -> count(stack, "sum(votes) from votes.votes_per_candidate") / votes),
                        new StreamLoad.Store(
                                "PostgreSQL's dead letters",
                                stack -> count(stack, "count(*) from pipeline.dead_letters") / attempts)));
    }

    private static ProducerRecord<byte[], byte[]> record(long number, long time) {
        boolean attempt = number % EVENTS_PER_ATTEMPT == EVENTS_PER_ATTEMPT - 1;
        long voter = attempt ? number - 1 : number;
        String voterId = "voter-" + voter;
        String value = "{\"vote_id\":\"vote-" + number + "\",\"voter_id\":\"" + voterId + "\",\"candidate_id\":\"C"
                + number % CANDIDATES + "\",\"region\":\"R" + voter % REGIONS + "\",\"voting_time\":\""
                + Instant.ofEpochMilli(time) + "\"}";
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(Topic.VOTES_CAST.topicName(), voterId.getBytes(UTF_8), value.getBytes(UTF_8));
        record.headers().add("source", "bench".getBytes(UTF_8));
        record.headers().add("event-id", ("bench#" + number).getBytes(UTF_8));
        return record;
    }

    private static double tally(Stack stack) throws IOException, InterruptedException {
        return new Flux(stack)
                .number("from(bucket:\"votes\") |> range(start:-1d) |> filter(fn:(r) => r._measurement == \"tally\""
                        + " and r._field == \"votes\") |> last() |> group() |> sum()")
                .orElse(0);
    }

    private static double count(Stack stack, String what) throws SQLException {
        String password = stack.secrets().require(Secrets.POSTGRES_READER);
        try (Connection connection = DriverManager.getConnection(stack.postgres(), "grafana", password);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select " + what)) {
            rows.next();
            return rows.getDouble(1);
        }
    }
}
