package candlestack.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import candlestack.cassandra.CassandraRole;
import candlestack.cassandra.CassandraSessions;
import candlestack.config.Secrets;
import candlestack.config.Settings;
import candlestack.local.services.ServiceTest;
import candlestack.local.services.TestService;
import candlestack.local.services.TestServices;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@ServiceTest
class CassandraSetupTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final UUID ADA = UUID.fromString("7a4b1c55-6f0e-4f0e-8b53-3f1d6cf1a3de");

    /** Of the driver, in the second run. */
    private static final ListAppender<ILoggingEvent> warnings = new ListAppender<>();

    @TempDir
    static Path home;

    private static TestService cassandra;
    private static CassandraSessions sessions;

    /** The second run has another retention, and a node that was killed in between. */
    @BeforeAll
    static void setUpTwiceAroundAKill() throws InterruptedException {
        cassandra = TestServices.cassandra(home);
        Settings settings = settings("365d");
        sessions = new CassandraSessions(settings);
        SetupSteps.cassandra(settings).run(PATIENCE);
        try (CqlSession writer = sessions.open(CassandraRole.WRITER)) {
            writer.execute(
                    "INSERT INTO users.profiles (id, full_name, age, registered) VALUES (?, ?, ?, ?)",
                    ADA,
                    "Ada Park",
                    36,
                    Instant.parse("2026-11-03T10:15:30.250Z"));
        }
        try (CqlSession owner = sessions.open(CassandraRole.OWNER)) {
            // As versions before had it.
            owner.execute("ALTER TABLE users.mean_age_by_country WITH default_time_to_live = 31536000");
        }
        cassandra.kill();
        cassandra.start();
        Logger driver = (Logger) LoggerFactory.getLogger("com.datastax.oss.driver.internal.core.cql");
        driver.setLevel(Level.WARN);
        warnings.start();
        driver.addAppender(warnings);
        SetupSteps.cassandra(settings("30d")).run(PATIENCE);
        driver.detachAppender(warnings);
    }

    @AfterAll
    static void stop() {
        try {
            // Also a clean stop, within the seconds that the launcher leaves it.
            cassandra.stop();
        } finally {
            cassandra.close();
        }
    }

    @Test
    void aRunThatFindsAllInOrderWarnsOfNothing() {
        assertThat(warnings.list).extracting(ILoggingEvent::getFormattedMessage).isEmpty();
    }

    @Test
    void whatWasWrittenBeforeTheKillIsThere() {
        Row row = one(CassandraRole.READER, "SELECT full_name, age, registered, ttl(full_name) FROM users.profiles");

        assertThat(row.getString(0)).isEqualTo("Ada Park");
        assertThat(row.getInt(1)).isEqualTo(36);
        assertThat(row.getInstant(2)).isEqualTo(Instant.parse("2026-11-03T10:15:30.250Z"));
        assertThat(row.getInt(3)).isBetween(31_536_000 - 600, 31_536_000);
    }

    @Test
    void makesTheTablesOfTheContract() {
        assertThat(column("SELECT table_name FROM system_schema.tables WHERE keyspace_name = 'users'"))
                .containsExactlyInAnyOrder("profiles", "profiles_by_country", "mean_age_by_country", "schema_history");
        assertThat(column("SELECT name FROM users.schema_history")).containsExactly("V1__users.cql");
        assertThat(column("SELECT index_name FROM system_schema.indexes WHERE keyspace_name = 'users'"))
                .containsExactly("profiles_updated");
    }

    @Test
    void rowsAboutPeopleLiveAsLongAsTheLastRetentionSays() {
        assertThat(timeToLive("profiles")).isEqualTo(30 * 86_400);
        assertThat(timeToLive("profiles_by_country")).isEqualTo(30 * 86_400);
        assertThat(timeToLive("mean_age_by_country")).isZero();
    }

    private static int timeToLive(String table) {
        return one(
                        CassandraRole.READER,
                        "SELECT default_time_to_live FROM system_schema.tables"
                                + " WHERE keyspace_name = 'users' AND table_name = '" + table + "'")
                .getInt(0);
    }

    @Test
    void theWriterWritesRowsButMakesNoTables() {
        assertRefused(
                CassandraRole.WRITER,
                "CREATE TABLE users.other (a int PRIMARY KEY)",
                "User candlestack_writer has no CREATE permission on <all tables in users> or any of its parents");
        assertRefused(
                CassandraRole.WRITER,
                "TRUNCATE system_auth.roles",
                "User candlestack_writer has no MODIFY permission on <table system_auth.roles> or any of its parents");
    }

    @Test
    void theReaderOnlySelects() {
        assertRefused(
                CassandraRole.READER,
                "INSERT INTO users.mean_age_by_country (country, users) VALUES ('Atlantis', 1)",
                "User grafana has no MODIFY permission on <table users.mean_age_by_country> or any of its parents");
        assertRefused(
                CassandraRole.READER,
                "SELECT * FROM system_auth.roles",
                "User grafana has no SELECT permission on <table system_auth.roles> or any of its parents");
    }

    @Test
    void nobodyLogsInWithThePasswordThatEverybodyKnows() {
        assertThatThrownBy(() -> sessions.open(CassandraRole.SUPERUSER, "cassandra"))
                .isInstanceOfSatisfying(
                        AllNodesFailedException.class,
                        e -> assertThat(CassandraSessions.isRefusal(e)).isTrue());
    }

    @Test
    void aWrongSecretIsNamed() {
        Secrets others = new Secrets(home.resolve("others"));
        others.store(Secrets.CASSANDRA_SUPERUSER, "another");
        Settings settings = TestServices.settings(
                home, Map.of("secrets.directory", home.resolve("others").toString()), cassandra);

        assertThatThrownBy(() -> SetupSteps.cassandra(settings).run(PATIENCE))
                .isInstanceOf(SetupException.class)
                .hasMessage(
                        "Cannot log in to Cassandra at " + settings.cassandraContactPoints()
                                + " as cassandra: it was set up before with another password; put that one into the secret 'cassandra-superuser.password'");
    }

    @Test
    void aServerThatDoesNotAnswerIsNamedAfterTheDeadline() {
        Settings settings = Settings.load(
                home.resolve("none.yaml"), Map.of(), Map.of("home", home.toString(), "cassandra.url", "127.0.0.1:1"));

        assertThatThrownBy(() -> SetupSteps.cassandra(settings).run(Duration.ofMillis(300)))
                .isInstanceOf(SetupException.class)
                .hasMessageStartingWith("Cannot reach Cassandra at 127.0.0.1:1 within 0 s");
    }

    private static void assertRefused(CassandraRole role, String cql, String message) {
        try (CqlSession session = sessions.open(role)) {
            assertThatThrownBy(() -> session.execute(cql)).hasMessage(message);
        }
    }

    private static List<String> column(String cql) {
        try (CqlSession session = sessions.open(CassandraRole.READER)) {
            return session.execute(cql).all().stream()
                    .map(row -> row.getString(0))
                    .toList();
        }
    }

    private static Row one(CassandraRole role, String cql) {
        try (CqlSession session = sessions.open(role)) {
            return session.execute(cql).one();
        }
    }

    private static Settings settings(String retention) {
        return TestServices.settings(home, Map.of("retention", retention), cassandra);
    }
}
