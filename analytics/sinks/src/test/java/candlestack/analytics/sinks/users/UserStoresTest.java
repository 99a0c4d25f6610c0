package candlestack.analytics.sinks.users;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import candlestack.analytics.sinks.cassandra.CassandraDelivery;
import candlestack.analytics.sinks.delivery.Delivery;
import candlestack.analytics.sinks.delivery.Refusals;
import candlestack.analytics.sinks.delivery.RefusedReasons;
import candlestack.analytics.sinks.delivery.StoreException;
import candlestack.analytics.sinks.mongodb.MongoDelivery;
import candlestack.cassandra.CassandraRole;
import candlestack.cassandra.CassandraSessions;
import candlestack.config.Settings;
import candlestack.local.services.ServiceTest;
import candlestack.local.services.TestService;
import candlestack.local.services.TestServices;
import candlestack.mongodb.MongoConnections;
import candlestack.mongodb.MongoRole;
import candlestack.setup.SetupSteps;
import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.mongodb.client.MongoClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Cassandra and MongoDB with the tables and collections of the set-up. */
@ServiceTest
@TestMethodOrder(OrderAnnotation.class)
class UserStoresTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String ADA = "00000000-0000-4000-8000-000000000001";
    private static final String BEN = "00000000-0000-4000-8000-000000000002";

    private static final Instant TEN_DAYS_AFTER_THE_FIRST_EVENT = Instant.parse("2026-03-12T12:00:01Z");

    @TempDir
    static Path home;

    private static TestService cassandra;
    private static TestService mongo;
    private static MongoClient documents;
    private static CqlSession rows;
    private static Delivery toCassandra;
    private static Delivery toMongo;

    private final RefinedRecords refined = new RefinedRecords();

    @BeforeAll
    static void start() throws InterruptedException {
        cassandra = TestServices.cassandra(home);
        mongo = TestServices.mongodb(home);
        Settings settings = TestServices.settings(home, Map.of(), cassandra, mongo);
        // MongoDB goes by its own clock, and the events are of a fixed day.
        Settings forMongo = TestServices.settings(home, Map.of("retention", "36500d"), cassandra, mongo);
        SetupSteps.cassandra(settings).run(PATIENCE);
        SetupSteps.mongodb(forMongo).run(PATIENCE);
        documents = new MongoConnections(forMongo).open(MongoRole.OWNER, PATIENCE);
        rows = new CassandraSessions(settings).open(CassandraRole.OWNER);
        toCassandra = new CassandraDelivery(settings, InstantSource.fixed(TEN_DAYS_AFTER_THE_FIRST_EVENT));
        toMongo = new MongoDelivery(forMongo);
    }

    @AfterAll
    static void stop() {
        List.of(toCassandra, toMongo).forEach(Delivery::close);
        rows.close();
        documents.close();
        cassandra.close();
        mongo.close();
    }

    @BeforeEach
    void empty() {
        List.of("profiles", "profiles_by_country", "mean_age_by_country")
                .forEach(table -> define("TRUNCATE users." + table));
        documents
                .getDatabase("users")
                .listCollectionNames()
                .forEach(name ->
                        documents.getDatabase("users").getCollection(name).deleteMany(new Document()));
    }

    @Test
    void storesUsersAndWhatIsCountedOfThem() throws Exception {
        deliver(concat(
                refined.profile(ADA, "Norway", "1990-05-05", "example.com"),
                refined.profile(BEN, "Norway", "1950-05-05", "example.org")));

        assertThat(mongo("raw_profiles"))
                .containsExactly("""
                        {"_id": "00000000-0000-4000-8000-000000000001", "gender": "female", "name": {"title": "Ms", \
                        "first": "Ada", "last": "Park"}, "location": {"street": {"number": 7, "name": "High St"}, \
                        "city": "Oslo", "country": "Norway", "postcode": "1234"}, "email": "ada.park@example.com", \
                        "login": {"uuid": "00000000-0000-4000-8000-000000000001", "username": "ada"}, "dob": {"date": \
                        "1990-05-05T00:00:00.000Z", "age": 1}, "registered": {"date": "2010-01-02T03:04:05.678Z"}, \
                        "phone": "555-1", "nat": "NO", "tags": [1, 2.5, true, null], "stored": {"$date": \
                        "2026-03-02T12:00:01Z"}}""", mongo("raw_profiles").get(1));
        assertThat(mongo("by_nationality"))
                .containsExactly("{\"_id\": \"NO\", \"nationality\": \"NO\", \"count\": 2, \"mean_age\": 55.0}");
        assertThat(mongo("age_groups"))
                .containsExactly(
                        "{\"_id\": \"30-39\", \"group\": \"30-39\", \"count\": 1}",
                        "{\"_id\": \"70-79\", \"group\": \"70-79\", \"count\": 1}");
        assertThat(mongo("email_domains"))
                .containsExactly(
                        "{\"_id\": \"example.com\", \"domain\": \"example.com\", \"count\": 1}",
                        "{\"_id\": \"example.org\", \"domain\": \"example.org\", \"count\": 1}");
        assertThat(cql("SELECT id, gender, title, full_name, username, mail_domain, address, country, nationality, age,"
                        + " registered, updated FROM users.profiles WHERE id = " + ADA))
                .containsExactly(ADA + "|female|Ms|Ada Park|ada|example.com|7 High St, Oslo, 1234, Norway|Norway|NO|35|"
                        + "2010-01-02T03:04:05.678Z|2026-03-02T12:00:01Z");
        assertThat(cql("SELECT mail_hash, phone_hash FROM users.profiles WHERE id = " + ADA))
                .allMatch(hashes -> hashes.matches("39ed5252:[0-9a-f]{64}\\|39ed5252:[0-9a-f]{64}"));
        assertThat(cql("SELECT country, id, gender, full_name, nationality, age FROM users.profiles_by_country"))
                .containsExactly(
                        "Norway|" + ADA + "|female|Ada Park|NO|35", "Norway|" + BEN + "|female|Ada Park|NO|75");
        assertThat(cql("SELECT country, users, mean_age, updated FROM users.mean_age_by_country"))
                .containsExactly("Norway|2|55.0|2026-03-02T12:00:02Z");
    }

    @Test
    void rowsAboutPeopleGoWhenTheirEventIsAsOldAsTheRetention() throws Exception {
        deliver(refined.profile(ADA, "Norway", "1990-05-05", "example.com"));

        int left = 355 * 86_400;
        for (String table : List.of("profiles", "profiles_by_country")) {
            Row row = rows.execute("SELECT ttl(full_name) FROM users." + table).one();
            assertThat(row.getInt(0)).isBetween(left - 600, left);
        }
        Row tally = rows.execute("SELECT ttl(mean_age) FROM users.mean_age_by_country")
                .one();
        assertThat(tally.isNull(0)).isTrue();
    }

    @Test
    void comesToTheSameWhenRecordsComeAgainAndOutOfOrder() throws Exception {
        List<ConsumerRecord<byte[], byte[]>> first = refined.profile(ADA, "Norway", "1990-05-05", "example.com");
        List<ConsumerRecord<byte[], byte[]>> second = refined.profile(ADA, "Spain", "1990-05-05", "example.net");
        deliver(first);
        deliver(second);
        List<String> expected = everything();

        deliver(concat(first, second));
        assertThat(everything()).isEqualTo(expected);

        toCassandra.deliver(first, new Refusals());
        assertThat(everything()).isEqualTo(expected);
        assertThat(cql("SELECT country, id FROM users.profiles_by_country")).containsExactly("Spain|" + ADA);
        assertThat(cql("SELECT country, users FROM users.mean_age_by_country")).containsExactly("Spain|1");
    }

    @Test
    void erasesAUserFromEveryTable() throws Exception {
        deliver(refined.profile(ADA, "Norway", "1990-05-05", "example.com"));
        deliver(refined.erasure(ADA));

        assertThat(everything()).isEmpty();
    }

    @Test
    void erasesAUserWhoMovedInTheSameBatch() throws Exception {
        List<ConsumerRecord<byte[], byte[]>> first = refined.profile(ADA, "Norway", "1990-05-05", "example.com");
        List<ConsumerRecord<byte[], byte[]>> second = refined.profile(ADA, "Spain", "1990-05-05", "example.com");
        deliver(concat(first, second));
        deliver(concat(second, refined.profile(ADA, "Chile", "1990-05-05", "example.com"), refined.erasure(ADA)));

        assertThat(everything()).isEmpty();
    }

    @Test
    void refusesWhatItCannotRead() throws Exception {
        String group = "g".repeat(129);
        List<ConsumerRecord<byte[], byte[]>> broken = List.of(
                record("users.refined", ADA, "{}"),
                record("users.tallies", "country/" + group, """
                        {"dimension":"country","group":"%s","count":1,"mean_age":1,"time":"2026-03-02T12:00:00Z"}""".formatted(group)),
                new ConsumerRecord<>("users.tallies", 0, 1, ("country/" + "g".repeat(249)).getBytes(UTF_8), null));

        for (Delivery delivery : List.of(toMongo, toCassandra)) {
            Refusals refusals = new Refusals();
            assertThat(delivery.deliver(broken, refusals)).isZero();
            assertThat(RefusedReasons.of(refusals))
                    .containsExactly(
                            "Missing country",
                            "Invalid group: '" + "g".repeat(40) + "...', expected 1 to 128 printable characters",
                            "Invalid key of 257 characters, expected at most 256");
        }
    }

    @Test
    void oneUsersDataThatCassandraHasNoPlaceForIsRefusedNotTriedForEver() throws Exception {
        assertRefused(
                toCassandra,
                user("{}", "2010-01-02T03:04:05Z", "{\"\":\"2026-03-02T12:00:00Z\"}"),
                "Key may not be empty");
        assertRefused(
                toCassandra,
                user("{}", "+999999999-01-01T00:00:00Z", "{}"),
                "java.lang.ArithmeticException: long overflow");
        deliver(refined.profile(ADA, "Norway", "1990-05-05", "example.com"));
        assertThat(cql("SELECT id FROM users.profiles")).containsExactly(ADA);
    }

    @Test
    void oneUsersDocumentThatMongoCannotHoldIsRefusedNotTriedForEver() throws Exception {
        assertRefused(
                toMongo,
                user("{\"$set\":1}", "2010-01-02T03:04:05Z", "{}"),
                "Field names in a replacement document can not start with '$' but '$set' does");
        assertRefused(
                toMongo,
                user("{\"a\\u0000b\":1}", "2010-01-02T03:04:05Z", "{}"),
                "BSON cstring 'a\0b' is not valid because it contains a null character at index 1");
        assertThat(mongo("raw_profiles")).isEmpty();
    }

    @Test
    void aTableThatIsGoneIsWaitedForAndNoFaultOfTheRecords() throws Exception {
        List<ConsumerRecord<byte[], byte[]>> records = refined.profile(ADA, "Norway", "1990-05-05", "example.com");
        define("DROP TABLE IF EXISTS users.mean_age_by_country");
        try {
            StoreException e =
                    catchThrowableOfType(StoreException.class, () -> toCassandra.deliver(records, new Refusals()));
            assertThat(e.kind()).isEqualTo(StoreException.Kind.MISCONFIGURED);
        } finally {
            define("CREATE TABLE users.mean_age_by_country"
                    + " (country text PRIMARY KEY, users bigint, mean_age double, updated timestamp)");
        }
        deliver(records);
        assertThat(cql("SELECT country, users FROM users.mean_age_by_country")).containsExactly("Norway|1");
    }

    /**
     * The last one, and it repairs nothing: Cassandra has been seen to wait for ever with the drop of a table that had
     * just failed to take a row.
     */
    @Test
    @Order(Integer.MAX_VALUE)
    void aServerThatTakesNobodysRowsIsWaitedForAndNoFaultOfTheRecords() throws Exception {
        List<ConsumerRecord<byte[], byte[]>> ada =
                refined.profile(ADA, "Norway", "1990-05-05", "example.com").subList(0, 1);
        // Its statements are prepared for the right type.
        toCassandra.deliver(ada, new Refusals());
        // A column of another type can be read, and takes no row.
        define("DROP TABLE users.profiles_by_country");
        define("CREATE TABLE users.profiles_by_country (country text, id uuid, gender text, full_name text,"
                + " nationality text, age int, registered timestamp, updated int, PRIMARY KEY (country, id))");
        StoreException e = catchThrowableOfType(StoreException.class, () -> toCassandra.deliver(ada, new Refusals()));
        assertThat(e.kind()).isEqualTo(StoreException.Kind.MISCONFIGURED);
    }

    /** A node that was killed before may take longer for it than the driver waits by default. */
    private static void define(String statement) {
        rows.execute(SimpleStatement.newInstance(statement).setTimeout(PATIENCE));
    }

    @Test
    void aStoreThatIsAwayGetsItsUsersWhenItIsBackAndTheOtherWaitsForNothing() {
        try (RunningDelivery mongoUsers = new RunningDelivery(toMongo);
                RunningDelivery cassandraUsers = new RunningDelivery(toCassandra)) {
            mongo.kill();
            ConsumerRecord<byte[], byte[]> ada =
                    refined.profile(ADA, "Norway", "1990-05-05", "example.com").get(0);
            mongoUsers.send(ada);
            cassandraUsers.send(ada);
            until(() -> cassandraUsers.committed().equals(Optional.of(2L)) && mongoUsers.waitsForItsStore());
            assertThat(mongoUsers.committed()).isEmpty();
            mongo.start();
            until(() -> mongoUsers.committed().equals(Optional.of(2L)));

            cassandra.kill();
            ConsumerRecord<byte[], byte[]> ben =
                    refined.profile(BEN, "Norway", "1950-05-05", "example.org").get(0);
            mongoUsers.send(ben);
            cassandraUsers.send(ben);
            until(() -> mongoUsers.committed().equals(Optional.of(3L)) && cassandraUsers.waitsForItsStore());
            assertThat(cassandraUsers.committed()).contains(2L);
            cassandra.start();
            until(() -> cassandraUsers.committed().equals(Optional.of(3L)));
        }

        assertThat(mongo("raw_profiles")).hasSize(2);
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(AllNodesFailedException.class)
                .untilAsserted(
                        () -> assertThat(cql("SELECT id FROM users.profiles")).containsExactly(ADA, BEN));
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(PATIENCE).until(condition);
    }

    @Test
    void saysWhenAStoreIsAway() throws Exception {
        List<ConsumerRecord<byte[], byte[]>> records = refined.profile(ADA, "Norway", "1990-05-05", "example.com");
        mongo.kill();
        try {
            StoreException e =
                    catchThrowableOfType(StoreException.class, () -> toMongo.deliver(records, new Refusals()));
            assertThat(e.kind()).isEqualTo(StoreException.Kind.UNREACHABLE);
        } finally {
            mongo.start();
        }
    }

    private static void assertRefused(Delivery delivery, ConsumerRecord<byte[], byte[]> record, String message) {
        StoreException e =
                catchThrowableOfType(StoreException.class, () -> delivery.deliver(List.of(record), new Refusals()));
        assertThat(e).hasMessage(message);
        assertThat(e.kind()).isEqualTo(StoreException.Kind.REFUSED);
    }

    private static ConsumerRecord<byte[], byte[]> user(String raw, String registered, String leftCountries) {
        return record("users.refined", ADA, """
                {"user_id":"%s","time":"2026-03-02T12:00:00Z","raw":%s,"profile":{"country":"Norway","age":35,\
                "registered":"%s"},"left_countries":%s}""".formatted(ADA, raw, registered, leftCountries));
    }

    private static ConsumerRecord<byte[], byte[]> record(String topic, String key, String value) {
        return new ConsumerRecord<>(topic, 0, 1, key.getBytes(UTF_8), value.getBytes(UTF_8));
    }

    private static void deliver(List<ConsumerRecord<byte[], byte[]>> records) throws Exception {
        toMongo.deliver(records, new Refusals());
        toCassandra.deliver(records, new Refusals());
    }

    @SafeVarargs
    private static List<ConsumerRecord<byte[], byte[]>> concat(List<ConsumerRecord<byte[], byte[]>>... parts) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        for (List<ConsumerRecord<byte[], byte[]>> part : parts) {
            all.addAll(part);
        }
        return all;
    }

    private static List<String> everything() {
        List<String> all = new ArrayList<>();
        List.of("raw_profiles", "by_nationality", "age_groups", "email_domains")
                .forEach(name -> all.addAll(mongo(name)));
        all.addAll(cql("SELECT * FROM users.profiles"));
        all.addAll(cql("SELECT * FROM users.profiles_by_country"));
        all.addAll(cql("SELECT * FROM users.mean_age_by_country"));
        return all;
    }

    private static List<String> mongo(String collection) {
        List<String> found = new ArrayList<>();
        documents
                .getDatabase("users")
                .getCollection(collection)
                .find()
                .sort(new Document("_id", 1))
                .forEach(document -> found.add(document.toJson()));
        return found;
    }

    private static List<String> cql(String query) {
        List<String> found = new ArrayList<>();
        for (Row row : rows.execute(query)) {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                values.add(String.valueOf(row.getObject(i)));
            }
            found.add(String.join("|", values));
        }
        return found.stream().sorted().toList();
    }
}
