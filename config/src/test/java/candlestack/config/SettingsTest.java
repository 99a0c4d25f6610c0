package candlestack.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    Path folder;

    @Test
    void anAbsentFileMeansTheDefaults() {
        Settings settings = Settings.load(folder.resolve("candlestack.yaml"), Map.of());

        assertThat(settings.kafkaBootstrap()).isEqualTo("127.0.0.1:9092");
        assertThat(settings.postgresUrl()).isEqualTo("jdbc:postgresql://127.0.0.1:5432/candlestack");
        assertThat(settings.get(Keys.ANALYTICS_LATENESS)).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.sources()).isEmpty();
    }

    @Test
    void environmentComesBeforeFileAndOverridesBeforeBoth() throws IOException {
        Path file = write("kafka:\n  port: 1000\ninfluxdb:\n  port: 1001\npostgres:\n  port: 1002\n");

        Settings settings = Settings.load(
                file,
                Map.of("CANDLESTACK_INFLUXDB_PORT", "2001", "CANDLESTACK_POSTGRES_PORT", "2002"),
                Map.of("postgres.port", "3002"));

        assertThat(settings.get(Keys.KAFKA_PORT)).isEqualTo(1000);
        assertThat(settings.get(Keys.INFLUXDB_PORT)).isEqualTo(2001);
        assertThat(settings.get(Keys.POSTGRES_PORT)).isEqualTo(3002);
    }

    @Test
    void whatTheCommandLineSaidReachesAChildThroughItsEnvironment() throws IOException {
        Path file = write("kafka:\n  port: 1000\nsources:\n  btc:\n    type: replay\n");

        Settings settings = Settings.load(
                file,
                Map.of(Settings.OVERRIDES_VARIABLE, "kafka.port=3000\nsources.btc.map=a=b\nsources.btc.enabled=false"));

        assertThat(settings.get(Keys.KAFKA_PORT)).isEqualTo(3000);
        assertThat(settings.sources().get(0).enabled()).isFalse();
        assertThat(settings.sources().get(0).options())
                .containsExactly(Map.entry("map", new Located("a=b", "command line, sources.btc.map")));
    }

    @Test
    void reportsEveryProblemAtOnceWithItsLine() throws IOException {
        Path file = write("kafka:\n  prt: 9092\n  partitions: none\nanalytics:\n  lateness: 60\nsecrets:\n"
                + "  directory: ${NO_SUCH_VARIABLE}\n");

        ConfigException problem = catchThrowableOfType(ConfigException.class, () -> Settings.load(file, Map.of()));

        assertThat(problem.problems())
                .containsExactlyInAnyOrder(
                        "candlestack.yaml:2: Unknown key 'kafka.prt'; did you mean 'kafka.port'?",
                        "candlestack.yaml:3: Invalid kafka.partitions: 'none', expected a whole number from 1 to 1000",
                        "candlestack.yaml:5: Invalid analytics.lateness: '60', expected a duration such as 250ms, "
                                + "10s, 5m, 1h or 365d, from 0s to 1d",
                        "candlestack.yaml:7: Cannot resolve secrets.directory: environment variable "
                                + "NO_SUCH_VARIABLE is not set");
    }

    @Test
    void sourcesKeepTheirOptionsAsWrittenWithTheirLines() throws IOException {
        Path file = write("sources:\n  btc:\n    type: replay\n    symbols: [BTC-USD, ETH-USD]\n  market:\n"
                + "  votes:\n    enabled: false\n");

        List<SourceSettings> sources = Settings.load(file, Map.of()).sources();

        assertThat(sources).extracting(SourceSettings::name).containsExactly("btc", "market", "votes");
        assertThat(sources).extracting(SourceSettings::type).containsExactly("replay", "market", "votes");
        assertThat(sources).extracting(SourceSettings::enabled).containsExactly(true, true, false);
        assertThat(sources.get(0).options())
                .containsExactly(Map.entry("symbols", new Located("BTC-USD,ETH-USD", "candlestack.yaml:4")));
    }

    @Test
    void resolvesEnvironmentAndFileReferences() throws IOException {
        Path secret = Files.writeString(folder.resolve("org.txt"), "mine\n");
        Path file = write("influxdb:\n  org: ${file:" + secret + "}\nkafka:\n  url: ${HOST:-localhost}:${PORT}\n");

        Settings settings = Settings.load(file, Map.of("PORT", "19092"));

        assertThat(settings.get(Keys.INFLUXDB_ORG)).isEqualTo("mine");
        assertThat(settings.kafkaBootstrap()).isEqualTo("localhost:19092");
    }

    @Test
    void brokenYamlIsAProblemWithItsLine() throws IOException {
        Path file = write("kafka:\n  port: [1\n");

        ConfigException problem = catchThrowableOfType(ConfigException.class, () -> Settings.load(file, Map.of()));

        assertThat(problem.problems()).singleElement().asString().startsWith("candlestack.yaml:3: Cannot read YAML");
    }

    @Test
    void aFileThatCannotBeReadIsAProblem() throws IOException {
        Path directory = Files.createDirectory(folder.resolve("folder.yaml"));
        Path binary = write("kafka:\n  url: \u0000\n");

        assertThat(catchThrowableOfType(ConfigException.class, () -> Settings.load(directory, Map.of()))
                        .problems())
                .containsExactly("Cannot read " + directory + ": java.io.IOException: Is a directory");
        assertThat(catchThrowableOfType(ConfigException.class, () -> Settings.load(binary, Map.of()))
                        .problems())
                .singleElement()
                .asString()
                .startsWith("Cannot read " + binary + ": ")
                .contains("special characters are not allowed");
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("candlestack.yaml"), yaml);
    }
}
