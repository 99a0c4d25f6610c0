package candlestack.docker;

import static candlestack.docker.Compose.CHECKOUT;
import static candlestack.docker.Compose.FILES;
import static candlestack.docker.Compose.map;
import static org.assertj.core.api.Assertions.assertThat;

import candlestack.config.Key;
import candlestack.config.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That what the compose files say is what those who read it understand. */
class ComposeSettingsTest {
    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^# ([A-Z][A-Z0-9_]*)=(.*)$");

    @Test
    void theExampleEnvironmentHasEveryVariableWithItsDefault() throws IOException {
        Map<String, String> used = new TreeMap<>(Map.of("COMPOSE_FILE", "docker-compose.yml"));
        for (String file : FILES) {
            used.putAll(Compose.variables(file));
        }
        used.put("CANDLESTACK_SOURCES", ""); // of the core another: said there
        Map<String, String> documented = new TreeMap<>();
        for (MatchResult line : DOCUMENTED
                .matcher(Files.readString(CHECKOUT.resolve(".env.example")))
                .results()
                .toList()) {
            documented.put(line.group(1), line.group(2));
        }

        assertThat(documented).isEqualTo(used);
    }

    @Test
    void ourServicesAreGivenOnlySettingsThatExistAndValuesThatTheyAccept() throws IOException {
        Map<String, Key<?>> known = Keys.all().stream().collect(Collectors.toMap(Key::environmentVariable, key -> key));
        Map<String, String> defaults = new LinkedHashMap<>();
        for (String file : FILES) {
            defaults.putAll(Compose.variables(file));
        }
        for (String file : FILES) {
            Compose.services(file)
                    .forEach((name, service) -> map(service, "environment").forEach((variable, value) -> {
                        if (variable.toString().startsWith("CANDLESTACK_") && !variable.equals("CANDLESTACK_SOURCES")) {
                            assertThat(known.keySet()).as(name).contains(variable.toString());
                            assertThat(known.get(variable.toString())
                                            .parser()
                                            .apply(resolved(value.toString(), defaults)))
                                    .isNotNull();
                        }
                    }));
        }
    }

    /** The set-up gives topics and tables their lifetimes, the sinks delete what PostgreSQL would keep. */
    @Test
    void whoeverDeletesIsToldTheSameRetention() {
        Map<String, Map<?, ?>> services = Compose.services("docker-compose.yml");

        assertThat(Stream.of("setup", "sinks")
                        .map(name -> String.valueOf(
                                map(services.get(name), "environment").get("CANDLESTACK_RETENTION"))))
                .containsOnly("${CANDLESTACK_RETENTION:-365d}");
    }

    @Test
    void grafanaIsGivenWhatItsProvisioningAsksFor() throws IOException {
        Set<String> asked = new TreeSet<>();
        Set<String> files = new TreeSet<>();
        try (Stream<Path> provisioning = Files.walk(CHECKOUT.resolve("grafana/provisioning"))) {
            for (Path file : provisioning.filter(Files::isRegularFile).toList()) {
                String yaml = Files.readString(file).replace("$$", "").replaceAll("(?m)^\\s*#.*$", "");
                asked.addAll(groups(yaml, "\\$([A-Z][A-Z_]*)"));
                files.addAll(groups(yaml, "\\$__file\\{([^}]*)}"));
            }
        }
        Map<?, ?> grafana = Compose.services("docker-compose.yml").get("grafana");

        assertThat(map(grafana, "environment").keySet().stream().map(Object::toString))
                .containsAll(asked);
        assertThat(files)
                .containsExactly(
                        "/run/candlestack/cassandra-grafana.password",
                        "/run/candlestack/influxdb-reader.token",
                        "/run/candlestack/postgres-grafana.password");
        assertThat(Compose.list(grafana, "volumes")).contains("secrets-grafana:/run/candlestack:ro");
    }

    @Test
    void sparkIsGivenTheOptionsThatTheLauncherGivesIt() throws IOException {
        String launcher = Files.readString(
                CHECKOUT.resolve("local/launcher/src/main/java/candlestack/local/stack/SparkOptions.java"));
        Set<String> packages = groups(launcher, "\"((?:java|jdk|sun)\\.[a-z.]+)\"");

        assertThat(groups(Files.readString(CHECKOUT.resolve("docker/spark.options")), "java.base/([a-z.]+)="))
                .isEqualTo(packages)
                .hasSizeGreaterThan(10);
    }

    @Test
    void theClustersBrokersVoteForOneAnother() {
        Map<String, Map<?, ?>> cluster = Compose.services("docker-compose.cluster.yml");
        List<String> brokers = List.of("kafka", "kafka-2", "kafka-3");

        assertThat(brokers.stream().map(broker -> map(cluster.get(broker), "environment")))
                .allSatisfy(environment -> {
                    assertThat(environment.get("KAFKA_CONTROLLER_QUORUM_VOTERS"))
                            .isEqualTo("1@kafka:29093,2@kafka-2:29093,3@kafka-3:29093");
                    assertThat(environment.get("KAFKA_MIN_INSYNC_REPLICAS")).isEqualTo(2);
                });
        assertThat(Stream.of("setup", "ingest", "analytics", "sinks")
                        .map(name -> String.valueOf(
                                map(cluster.get(name), "environment").get("CANDLESTACK_KAFKA_URL"))))
                .containsOnly("kafka:19092,kafka-2:19092,kafka-3:19092");
        assertThat(map(cluster.get("setup"), "environment").get("CANDLESTACK_KAFKA_REPLICATION"))
                .isEqualTo(3);
    }

    private static String resolved(String text, Map<String, String> defaults) {
        return Pattern.compile("\\$\\{(\\w+)(:-[^}]*)?}")
                .matcher(text)
                .replaceAll(match -> defaults.get(match.group(1)));
    }

    private static Set<String> groups(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
