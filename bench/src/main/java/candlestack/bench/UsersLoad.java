package candlestack.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import candlestack.cassandra.CassandraRole;
import candlestack.cassandra.CassandraSessions;
import candlestack.config.Topic;
import candlestack.mongodb.MongoConnections;
import candlestack.mongodb.MongoRole;
import com.datastax.oss.driver.api.core.CqlSession;
import com.mongodb.client.MongoClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Profiles of as many people of eight nationalities and twenty mail domains. */
final class UsersLoad {
    private static final List<String> NATIONALITIES = List.of("AU", "BR", "CA", "CH", "DE", "ES", "FR", "GB");
    private static final int DOMAINS = 20;
    private static final int AGES = 60;
    private static final int YOUNGEST_BORN = 2000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private UsersLoad() {}

    static StreamLoad of(long events) {
        return new StreamLoad(
                "users",
                events,
                UsersLoad::record,
                List.of(
                        new StreamLoad.Store("InfluxDB", stack -> tally(stack) / events),
                        new StreamLoad.Store("MongoDB", stack -> documents(stack) / (double) events),
                        new StreamLoad.Store("Cassandra", stack -> cassandra(stack, events))));
    }

    /** As long as the answers of randomuser.me 1.4, without what nobody reads. */
    private static ProducerRecord<byte[], byte[]> record(long number) {
        String id = "00000000-0000-4000-8000-%012d".formatted(number);
        String nationality = NATIONALITIES.get((int) (number % NATIONALITIES.size()));
        String born = YOUNGEST_BORN - number % AGES + "-05-17T05:25:54.348Z";
        String value = """
                {"gender":"female","name":{"title":"Ms","first":"First%d","last":"Last"},"location":{"street":\
                {"number":%d,"name":"Hogan St"},"city":"City","state":"State","country":"Country %s","postcode":"27786",\
                "coordinates":{"latitude":"87.6258","longitude":"111.0923"},"timezone":{"offset":"+9:00","description":\
                "Tokyo, Seoul, Osaka, Sapporo, Yakutsk"}},"email":"user%d@domain%d.example","login":{"uuid":"%s",\
                "username":"user%d","password":"secret","salt":"Xpc8XyXa","md5":"8c78ecfbbefa93d5c938b16d9b5698ea"},\
                "dob":{"date":"%s","age":40},"registered":{"date":"2004-11-13T22:46:15.432Z","age":17},"phone":\
                "(545) %07d","cell":"(619) 386-9410","id":{"name":"SSN","value":null},"nat":"%s"}""".formatted(
                number, number % 1000, nationality, number, number % DOMAINS, id, number, born, number, nationality);
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(Topic.USERS_PROFILES.topicName(), id.getBytes(UTF_8), value.getBytes(UTF_8));
        record.headers().add("source", "bench".getBytes(UTF_8));
        record.headers().add("event-id", ("bench#" + number).getBytes(UTF_8));
        return record;
    }

    private static double tally(Stack stack) throws IOException, InterruptedException {
        return new Flux(stack)
                .number("from(bucket:\"users\") |> range(start:-1d) |> filter(fn:(r) => r._measurement == \"users\""
                        + " and r._field == \"count\") |> last() |> group() |> sum()")
                .orElse(0);
    }

    private static long documents(Stack stack) {
        try (MongoClient client = new MongoConnections(stack.settings()).open(MongoRole.READER, PATIENCE)) {
            return client.getDatabase(MongoConnections.DATABASE)
                    .getCollection("raw_profiles")
                    .estimatedDocumentCount();
        }
    }

    /** The profiles are counted only once the small table has all: to count them reads them. */
    private static double cassandra(Stack stack, long events) {
        try (CqlSession session = new CassandraSessions(stack.settings()).open(CassandraRole.READER)) {
            long tallied = sum(session, "SELECT sum(users) FROM users.mean_age_by_country");
            return tallied < events
                    ? tallied / (double) events
                    : sum(session, "SELECT count(*) FROM users.profiles") / (double) events;
        }
    }

    private static long sum(CqlSession session, String query) {
        return session.execute(query).one().getLong(0);
    }
}
