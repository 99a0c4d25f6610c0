package candlestack.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import candlestack.config.Secrets;
import candlestack.local.services.ServiceTest;
import candlestack.local.services.TestService;
import candlestack.local.services.TestServices;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@ServiceTest
class PostgresSetupTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    static Path home;

    private static TestService postgres;
    private static String url;
    private static Secrets secrets;

    @BeforeAll
    static void setUpTwice() throws InterruptedException {
        postgres = TestServices.postgres(home);
        url = TestServices.settings(home, Map.of(), postgres).postgresUrl();
        secrets = new Secrets(home.resolve("secrets"));
        new PostgresSetup(url, secrets).run(PATIENCE);
        new PostgresSetup(url, secrets).run(PATIENCE);
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Test
    void makesTheTablesOfTheContract() throws SQLException {
        assertThat(rows(
                        connection(PostgresSetup.READER, Secrets.POSTGRES_READER),
                        "select table_schema || '.' || table_name from information_schema.tables"
                                + " where table_type = 'BASE TABLE' and table_schema in"
                                + " ('market', 'votes', 'devices', 'pipeline') order by 1"))
                .containsExactly(
                        "devices.errors",
                        "devices.latest",
                        "market.bars",
                        "market.instruments",
                        "market.signals",
                        "pipeline.dead_letters",
                        "votes.candidates",
                        "votes.tally_by_minute",
                        "votes.turnout_by_region",
                        "votes.voters",
                        "votes.votes",
                        "votes.votes_per_candidate");
    }

    @Test
    void theWriterWritesRowsButMakesNoTables() throws SQLException {
        try (Connection writer = connection(PostgresSetup.WRITER, Secrets.POSTGRES_WRITER);
                Statement statement = writer.createStatement()) {
            statement.execute("insert into market.instruments (symbol) values ('A')");
            statement.execute("create temporary table staging (like market.bars)");
            assertThat(statement.executeUpdate("delete from market.instruments where symbol = 'A'"))
                    .isEqualTo(1);
            assertRefused(statement, "create table market.other (a int)", "permission denied for schema market");
            assertRefused(statement, "drop table market.bars", "must be owner of table bars");
            assertRefused(
                    statement,
                    "delete from schema_history.flyway_schema_history",
                    "permission denied for table flyway_schema_history");
        }
    }

    @Test
    void theReaderOnlySelects() throws SQLException {
        try (Connection reader = connection(PostgresSetup.READER, Secrets.POSTGRES_READER);
                Statement statement = reader.createStatement()) {
            statement.execute("set default_transaction_read_only = off");
            assertRefused(
                    statement,
                    "insert into market.instruments (symbol) values ('A')",
                    "permission denied for table instruments");
            assertRefused(
                    statement, "create temporary table t (a int)", "permission denied to create temporary tables");
        }
    }

    @Test
    void theReaderSeesTablesThatLaterMigrationsMake() throws SQLException {
        try (Connection owner = connection(PostgresSetup.OWNER, Secrets.POSTGRES_OWNER);
                Statement statement = owner.createStatement()) {
            statement.execute("create schema later; create table later.numbers as select 1 as number");
        }
        assertThat(rows(connection(PostgresSetup.READER, Secrets.POSTGRES_READER), "select number from later.numbers"))
                .containsExactly("1");
    }

    @Test
    void aWrongPasswordIsRefused() {
        assertThatThrownBy(() -> DriverManager.getConnection(url, PostgresSetup.READER, "guessed"))
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void aServerThatDoesNotAnswerIsNamedAfterTheDeadline() {
        PostgresSetup step = new PostgresSetup("jdbc:postgresql://127.0.0.1:1/candlestack", secrets);

        assertThatThrownBy(() -> step.run(Duration.ofMillis(300)))
                .isInstanceOf(SetupException.class)
                .hasMessageStartingWith(
                        "Cannot reach PostgreSQL at jdbc:postgresql://127.0.0.1:1/candlestack within 0 s");
    }

    private static void assertRefused(Statement statement, String sql, String message) {
        assertThatThrownBy(() -> statement.execute(sql)).hasMessageContaining(message);
    }

    private static Connection connection(String role, String secret) throws SQLException {
        return DriverManager.getConnection(url, role, secrets.require(secret));
    }

    private static List<String> rows(Connection opened, String query) throws SQLException {
        try (Connection connection = opened;
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        }
    }
}
