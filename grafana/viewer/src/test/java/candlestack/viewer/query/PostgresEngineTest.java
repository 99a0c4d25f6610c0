package candlestack.viewer.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import candlestack.config.Secrets;
import candlestack.config.Settings;
import candlestack.local.testbed.TestPostgres;
import candlestack.setup.SetupSteps;
import candlestack.viewer.files.Dashboard;
import candlestack.viewer.files.DashboardFiles;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresEngineTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Scope SCOPE = new Scope(
            new TimeRange(Instant.parse("2026-01-02T03:00:00Z"), Instant.parse("2026-01-02T04:00:00Z")),
            Duration.ofMinutes(1),
            new Variables(List.of(
                    new VariableValue("symbol", List.of("BTC-USD"), false, false),
                    new VariableValue("interval", List.of("1m"), false, false))));

    @TempDir
    static Path home;

    private static TestPostgres postgres;
    private static Secrets secrets;
    private static PostgresEngine engine;

    @BeforeAll
    static void start() throws Exception {
        postgres = TestPostgres.start(home.resolve("postgres"));
        secrets = new Secrets(home.resolve("secrets"));
        secrets.store(Secrets.POSTGRES_SUPERUSER, "trusted");
        Settings settings = Settings.load(
                home.resolve("none.yaml"), Map.of(), Map.of("home", home.toString(), "postgres.url", postgres.url()));
        SetupSteps.postgres(settings).run(Duration.ofSeconds(30));
        try (Connection connection = postgres.superuser("candlestack");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into market.bars (symbol, interval, ts, open, high, low, close, volume, trades, closed)"
                            + " select 'BTC-USD', '1m', timestamptz '2026-01-02 03:00Z' + n * interval '1 minute', 10, 12, 9,"
                            + " 11 + n, 5, 3, true from generate_series(0, 9) n");
        }
        engine = engine(Limits.DEFAULT);
    }

    @AfterAll
    static void stop() {
        engine.close();
        postgres.close();
    }

    @Test
    void answersInTheColumnsAndTypesOfTheQuery() {
        Frame frame = run("SELECT ts AS time, symbol, close, closed FROM market.bars WHERE $__timeFilter(ts)"
                        + " AND symbol = '$symbol' ORDER BY 1 LIMIT 2")
                .get(0);

        assertThat(frame.fields())
                .extracting(Frame.Field::type)
                .containsExactly(
                        Frame.FieldType.TIME, Frame.FieldType.STRING, Frame.FieldType.NUMBER, Frame.FieldType.BOOLEAN);
        assertThat(frame.fields().get(0).values())
                .containsExactly(
                        Instant.parse("2026-01-02T03:00:00Z").toEpochMilli(),
                        Instant.parse("2026-01-02T03:01:00Z").toEpochMilli());
        assertThat(frame.fields().get(2).values()).containsExactly(11.0, 12.0);
    }

    @Test
    void groupsByTime() {
        Frame frame =
                run("SELECT $__timeGroupAlias(ts, '5m'), sum(trades) AS trades FROM market.bars GROUP BY 1 ORDER BY 1")
                        .get(0);

        assertThat(frame.fields().get(0).values())
                .containsExactly(
                        Instant.parse("2026-01-02T03:00:00Z").toEpochMilli(),
                        Instant.parse("2026-01-02T03:05:00Z").toEpochMilli());
        assertThat(frame.fields().get(1).values()).containsExactly(15.0, 15.0);
    }

    @Test
    void theSqlOfEveryPanelRunsOnTheTablesOfTheMigrations() {
        List<JsonNode> targets = new ArrayList<>();
        for (Dashboard dashboard : new DashboardFiles(Path.of("../dashboards"), System::nanoTime).all()) {
            dashboard.panels().forEach(panel -> panel.path("targets").forEach(targets::add));
            dashboard.json().path("annotations").path("list").forEach(one -> targets.add(one.path("target")));
        }
        targets.removeIf(target -> target.path("rawSql").asText().isEmpty());

        assertThat(targets).hasSizeGreaterThan(25);
        assertThat(targets)
                .allSatisfy(target -> assertThatCode(() -> engine.run(target, SCOPE, new Cancellation()))
                        .as(target.path("rawSql").asText())
                        .doesNotThrowAnyException());
    }

    @Test
    void nothingCanBeWritten() {
        assertThatThrownBy(() -> run("UPDATE market.bars SET close = 0 RETURNING symbol"))
                .hasMessageContaining("Cannot query PostgreSQL at " + postgres.url())
                .hasMessageMatching("(?s).*(permission denied|read-only transaction).*");
    }

    @Test
    void aSlowQueryIsGivenUp() {
        try (PostgresEngine impatient = engine(new Limits(Duration.ofSeconds(1), 10))) {
            JsonNode target = target("SELECT pg_sleep(20)");
            assertThatThrownBy(() -> impatient.run(target, SCOPE, new Cancellation()))
                    .hasMessage("PostgreSQL had no answer within 1 s");
        }
    }

    @Test
    void aCancelledQueryEnds() throws Exception {
        Cancellation cancellation = new Cancellation();
        CompletableFuture<String> message = CompletableFuture.supplyAsync(
                        () -> engine.run(target("SELECT pg_sleep(60)"), SCOPE, cancellation))
                .handle((frames, failure) -> failure.getCause().getMessage());

        // Until the statement runs there is nothing that a cancel could end.
        await().until(() -> {
            cancellation.cancel();
            return message.isDone();
        });

        assertThat(message.get()).isEqualTo("The query was cancelled");
    }

    @Test
    void leavesOutRowsBeyondTheLimit() {
        try (PostgresEngine small = engine(new Limits(Duration.ofSeconds(5), 4))) {
            Frame frame = small.run(target("SELECT ts AS time FROM market.bars"), SCOPE, new Cancellation())
                    .get(0);
            assertThat(frame.rows()).isEqualTo(4);
            assertThat(frame.notices())
                    .containsExactly("Only the first 4 rows are shown: choose a shorter range or a wider interval");
        }
    }

    @Test
    void saysThatThePasswordIsNotThereYet() {
        try (PostgresEngine early = new PostgresEngine(postgres.url(), "grafana", Optional::empty, Limits.DEFAULT)) {
            assertThatThrownBy(() -> early.run(target("SELECT 1"), SCOPE, new Cancellation()))
                    .hasMessage(
                            "Cannot query PostgreSQL: its reader password is not there yet; the first start makes it");
        }
    }

    private static PostgresEngine engine(Limits limits) {
        return new PostgresEngine(postgres.url(), "grafana", () -> secrets.find(Secrets.POSTGRES_READER), limits);
    }

    private static List<Frame> run(String sql) {
        return engine.run(target(sql), SCOPE, new Cancellation());
    }

    private static JsonNode target(String sql) {
        return JSON.createObjectNode().put("rawSql", sql).put("format", "table");
    }
}
