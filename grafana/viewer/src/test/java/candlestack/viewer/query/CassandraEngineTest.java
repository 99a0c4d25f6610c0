package candlestack.viewer.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import candlestack.cassandra.CassandraRole;
import candlestack.cassandra.CassandraSessions;
import candlestack.config.Secrets;
import candlestack.config.Settings;
import candlestack.local.testbed.TestCassandra;
import candlestack.setup.SetupSteps;
import candlestack.viewer.query.Frame.Field;
import candlestack.viewer.query.Frame.FieldType;
import com.datastax.oss.driver.api.core.CqlSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CassandraEngineTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant FROM = Instant.parse("2026-01-02T03:00:00Z");
    private static final Scope SCOPE = new Scope(
            new TimeRange(FROM, FROM.plusSeconds(3600)),
            Duration.ofMinutes(1),
            new Variables(List.of(new VariableValue("country", List.of("Côte d'Ivoire"), false, false))));

    @TempDir
    static Path home;

    private static TestCassandra cassandra;
    private static CassandraEngine engine;

    @BeforeAll
    static void setUp() throws InterruptedException {
        cassandra = TestCassandra.start(home);
        Settings settings = settings(cassandra.contactPoint());
        SetupSteps.cassandra(settings).run(Duration.ofMinutes(1));
        try (CqlSession writer = new CassandraSessions(settings).open(CassandraRole.WRITER)) {
            String insert =
                    "INSERT INTO users.mean_age_by_country (country, users, mean_age, updated) VALUES (?, ?, ?, ?)";
            writer.execute(insert, "Norway", 3L, 41.5, FROM);
            writer.execute(insert, "Côte d'Ivoire", 1L, null, FROM.plusSeconds(7200));
        }
        engine = engine(settings, new Limits(Duration.ofSeconds(20), 100));
    }

    @AfterAll
    static void tearDown() {
        engine.close();
        cassandra.close();
    }

    @Test
    void aTableIsOneFrameWithATypeForEachColumn() {
        Frame frame = run("SELECT country, users, mean_age, updated FROM users.mean_age_by_country"
                + " WHERE country IN ('Norway', 'Côte d''Ivoire')");

        assertThat(frame.fields())
                .containsExactly(
                        new Field("country", FieldType.STRING, Map.of(), List.of("Côte d'Ivoire", "Norway")),
                        new Field("users", FieldType.NUMBER, Map.of(), List.of(1L, 3L)),
                        new Field("mean_age", FieldType.NUMBER, Map.of(), Arrays.asList(null, 41.5)),
                        new Field(
                                "updated",
                                FieldType.TIME,
                                Map.of(),
                                List.of(FROM.plusSeconds(7200).toEpochMilli(), FROM.toEpochMilli())));
    }

    @Test
    void variablesAreQuotedAndTheTimeRangeIsMilliseconds() {
        Frame frame = run("SELECT users FROM users.mean_age_by_country WHERE country = '$country'");
        Frame inRange = run("SELECT country FROM users.mean_age_by_country"
                + " WHERE updated >= $__timeFrom AND updated < $__timeTo ALLOW FILTERING");

        assertThat(frame.fields().get(0).values()).containsExactly(1L);
        assertThat(inRange.fields().get(0).values()).containsExactly("Norway");
    }

    @Test
    void whatIsBeyondTheLimitIsLeftOutAndSaid() {
        Settings settings = settings(cassandra.contactPoint());
        try (CassandraEngine small = engine(settings, new Limits(Duration.ofSeconds(20), 1))) {
            Frame frame = small.run(target("SELECT country FROM users.mean_age_by_country"), SCOPE, new Cancellation())
                    .get(0);

            assertThat(frame.rows()).isEqualTo(1);
            assertThat(frame.notices())
                    .containsExactly("Only the first 1 rows are shown: choose a shorter range or a wider interval");
        }
    }

    @Test
    void refusesToWrite() {
        assertThatThrownBy(() -> run("INSERT INTO users.mean_age_by_country (country) VALUES ('Atlantis')"))
                .isInstanceOf(QueryException.class)
                .hasMessage("Cannot query Cassandra at " + cassandra.contactPoint() + ": User grafana has no MODIFY"
                        + " permission on <table users.mean_age_by_country> or any of its parents");
    }

    @Test
    void anUnknownMacroIsNamed() {
        assertThatThrownBy(() -> run("SELECT $__now FROM users.profiles")).hasMessage("Unknown macro '$__now'");
    }

    @Test
    void aNodeThatIsAwayIsNamed() {
        Settings settings = settings("127.0.0.1:1");
        try (CassandraEngine away = engine(settings, Limits.DEFAULT)) {
            assertThatThrownBy(() -> away.run(target("SELECT id FROM users.profiles"), SCOPE, new Cancellation()))
                    .isInstanceOf(QueryException.class)
                    .hasMessage("Cannot reach Cassandra at 127.0.0.1:1: it does not answer, or is still starting");
        }
    }

    private static CassandraEngine engine(Settings settings, Limits limits) {
        Secrets secrets = new Secrets(settings.secretsDirectory());
        Optional<String> password = secrets.find(Secrets.CASSANDRA_READER);
        return new CassandraEngine(
                new CassandraSessions(settings), settings.cassandraContactPoints(), () -> password, limits);
    }

    private static Frame run(String cql) {
        return engine.run(target(cql), SCOPE, new Cancellation()).get(0);
    }

    private static JsonNode target(String cql) {
        return JSON.createObjectNode().put("refId", "A").put("rawQuery", true).put("target", cql);
    }

    private static Settings settings(String contactPoint) {
        return Settings.load(
                home.resolve("none.yaml"), Map.of(), Map.of("home", home.toString(), "cassandra.url", contactPoint));
    }
}
