package candlestack.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import candlestack.config.Secrets;
import candlestack.config.Settings;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfluxSetupTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long YEAR = Duration.ofDays(365).toSeconds();

    @TempDir
    Path home;

    private FakeInflux influx;

    @BeforeEach
    void start() throws IOException {
        influx = new FakeInflux();
    }

    @AfterEach
    void stop() {
        influx.close();
    }

    @Test
    void makesTheBucketsOfTheFileWithTheirRetention() throws InterruptedException {
        SetupSteps.influxdb(settings(Map.of())).run(PATIENCE);

        assertThat(influx.retentions())
                .isEqualTo(Map.of(
                        "market",
                        0L,
                        "votes",
                        0L,
                        "users",
                        YEAR,
                        "devices",
                        YEAR * 90 / 365,
                        "series",
                        0L,
                        "pipeline",
                        Duration.ofDays(7).toSeconds()));
    }

    @Test
    void theTwoTokensMayDoOneThingInTheBucketsAndNothingElse() throws InterruptedException {
        SetupSteps.influxdb(settings(Map.of())).run(PATIENCE);

        assertThat(permissions(Secrets.INFLUXDB_WRITER))
                .containsExactly("write b1", "write b2", "write b3", "write b4", "write b5", "write b6");
        assertThat(permissions(Secrets.INFLUXDB_READER))
                .containsExactly("read b1", "read b2", "read b3", "read b4", "read b5", "read b6");
    }

    @Test
    void aSecondRunKeepsTokensAndBuckets() throws InterruptedException {
        SetupStep step = SetupSteps.influxdb(settings(Map.of()));
        step.run(PATIENCE);
        String writer = secrets().require(Secrets.INFLUXDB_WRITER);

        step.run(PATIENCE);

        assertThat(secrets().require(Secrets.INFLUXDB_WRITER)).isEqualTo(writer);
        assertThat(influx.authorizations()).isEqualTo(2);
        assertThat(influx.retentions()).hasSize(6);
    }

    @Test
    void aTokenThatTheServerHasForgottenIsReplaced() throws InterruptedException {
        SetupStep step = SetupSteps.influxdb(settings(Map.of()));
        step.run(PATIENCE);
        String forgotten = secrets().require(Secrets.INFLUXDB_WRITER);
        influx.forget();

        step.run(PATIENCE);

        assertThat(secrets().require(Secrets.INFLUXDB_WRITER)).isNotEqualTo(forgotten);
        assertThat(influx.authorization(secrets().require(Secrets.INFLUXDB_WRITER)))
                .isPresent();
    }

    @Test
    void aChangedRetentionIsApplied() throws InterruptedException {
        SetupSteps.influxdb(settings(Map.of())).run(PATIENCE);

        SetupSteps.influxdb(settings(Map.of("retention", "30d"))).run(PATIENCE);

        assertThat(influx.retentions())
                .containsEntry("users", Duration.ofDays(30).toSeconds());
    }

    @Test
    void aServerOfSomebodyElseIsAClearError() throws InterruptedException {
        SetupSteps.influxdb(settings(Map.of())).run(PATIENCE);
        secrets().store(Secrets.INFLUXDB_ADMIN, "another");

        assertThatThrownBy(() -> SetupSteps.influxdb(settings(Map.of())).run(PATIENCE))
                .isInstanceOf(SetupException.class)
                .hasMessage("Cannot set up InfluxDB at " + influx.url()
                        + ": it was set up before with another admin token; put that one into the secret"
                        + " 'influxdb-admin.token'");
    }

    @Test
    void aServerThatDoesNotAnswerIsNamedAfterTheDeadline() {
        influx.close();

        assertThatThrownBy(() -> SetupSteps.influxdb(settings(Map.of())).run(Duration.ofMillis(300)))
                .isInstanceOf(SetupException.class)
                .hasMessageStartingWith("Cannot reach InfluxDB at " + influx.url() + " within 0 s");
    }

    private List<String> permissions(String secret) {
        JsonNode permissions =
                influx.authorization(secrets().require(secret)).orElseThrow().path("permissions");
        return StreamSupport.stream(permissions.spliterator(), false)
                .map(permission -> permission.path("action").asText() + " "
                        + permission.path("resource").path("id").asText())
                .toList();
    }

    private Secrets secrets() {
        return new Secrets(home.resolve("secrets"));
    }

    private Settings settings(Map<String, String> more) {
        Map<String, String> overrides = new LinkedHashMap<>(more);
        overrides.put("home", home.toString());
        overrides.put("influxdb.url", influx.url());
        return Settings.load(home.resolve("none.yaml"), Map.of(), overrides);
    }
}
