package candlestack.docker;

import static candlestack.docker.Compose.CHECKOUT;
import static candlestack.docker.Compose.FILES;
import static candlestack.docker.Compose.ONE_SHOT;
import static candlestack.docker.Compose.list;
import static candlestack.docker.Compose.map;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ComposeFileTest {
    private static final Map<String, Map<?, ?>> BASE = Compose.services("docker-compose.yml");
    private static final Map<String, Map<?, ?>> ALL = Compose.wholeServices();

    @Test
    void theImagesAreOfficialOnesOrOursAndPinned() {
        Map<String, String> images = new TreeMap<>();
        BASE.forEach((name, service) -> images.put(name, service.get("image").toString()));

        String ours = ":${CANDLESTACK_VERSION:-0.1.0}";
        assertThat(images)
                .isEqualTo(Map.ofEntries(
                        Map.entry("secrets", "candlestack/setup" + ours),
                        Map.entry("setup", "candlestack/setup" + ours),
                        Map.entry("ingest", "candlestack/ingest" + ours),
                        Map.entry("analytics", "candlestack/analytics" + ours),
                        Map.entry("sinks", "candlestack/sinks" + ours),
                        Map.entry("kafka", "apache/kafka:4.3.1"),
                        Map.entry("influxdb", "influxdb:2.9.1"),
                        Map.entry("postgres", "postgres:18"),
                        Map.entry("mongo", "mongo:8.0"),
                        Map.entry("cassandra", "cassandra:5.0"),
                        Map.entry("grafana", "grafana/grafana:13.2.3")));
        ALL.forEach((name, service) -> assertThat(service.get("image").toString())
                .as(name)
                .contains(":")
                .doesNotContain("latest"));
    }

    @Test
    void nothingIsPublishedBeyondLoopback() {
        for (String file : FILES) {
            Compose.services(file).forEach((name, service) -> {
                assertThat(list(service, "ports"))
                        .as(name)
                        .allSatisfy(port -> assertThat(port).startsWith("127.0.0.1:"));
                assertThat(service.get("network_mode")).as(name).isNotEqualTo("host");
            });
        }
    }

    @Test
    void whateverRunsOnIsAskedHowItIs() {
        ALL.forEach((name, service) -> {
            Map<?, ?> check = map(service, "healthcheck");
            if (ONE_SHOT.contains(name)) {
                assertThat(service.get("restart")).as(name).isEqualTo("no");
            } else {
                assertThat(check.keySet().stream().map(Object::toString))
                        .as(name)
                        .contains("test", "interval", "timeout", "retries", "start_period");
                assertThat(service.get("restart")).as(name).isEqualTo("unless-stopped");
            }
        });
    }

    @Test
    void noContainerHasMoreRightsThanItNeeds() {
        ALL.forEach((name, service) -> {
            assertThat(list(service, "cap_drop")).as(name).containsExactly("ALL");
            assertThat(service.containsKey("cap_add")).as(name).isFalse();
            assertThat(service.containsKey("privileged")).as(name).isFalse();
            assertThat(list(service, "security_opt")).as(name).containsExactly("no-new-privileges:true");
            assertThat(map(map(service, "logging"), "options").keySet().stream().map(Object::toString))
                    .as(name)
                    .containsExactlyInAnyOrder("max-size", "max-file");
            if (service.get("image").toString().startsWith("candlestack/")) {
                assertThat(service.get("user")).as(name).isEqualTo("10001:10001");
                assertThat(service.get("read_only")).as(name).isEqualTo(true);
                assertThat(service.get("init")).as(name).isEqualTo(true);
            }
        });
    }

    @Test
    void theWholeStackFitsEightGigabytes() {
        long running = BASE.entrySet().stream()
                .filter(entry -> !ONE_SHOT.contains(entry.getKey()))
                .mapToLong(entry -> bytes(entry.getValue().get("mem_limit").toString()))
                .sum();

        assertThat(running).isLessThanOrEqualTo(8L << 30);
        assertThat(ALL)
                .allSatisfy((name, service) ->
                        assertThat(service.containsKey("mem_limit")).as(name).isTrue());
    }

    @Test
    void everyServiceStartsAfterWhatItNeedsAndGrafanaLast() {
        Map<String, Set<String>> needs = new LinkedHashMap<>();
        BASE.forEach((name, service) -> needs.put(name, needs(service)));

        BASE.forEach((name, service) -> map(service, "depends_on")
                .forEach((needed, how) -> assertThat(((Map<?, ?>) how).get("condition"))
                        .as(name + " after " + needed)
                        .isEqualTo(
                                ONE_SHOT.contains(needed.toString())
                                        ? "service_completed_successfully"
                                        : "service_healthy")));
        assertThat(reached("grafana", needs)).containsExactlyInAnyOrderElementsOf(without(BASE.keySet(), "grafana"));
        needs.keySet().forEach(name -> assertThat(reached(name, needs)).doesNotContain(name));
    }

    @Test
    void everyFileThatIsNamedExists() throws IOException {
        for (String file : FILES) {
            Compose.services(file).forEach((name, service) -> {
                list(service, "volumes").stream()
                        .filter(volume -> volume.startsWith("./"))
                        .forEach(volume -> {
                            assertThat(CHECKOUT.resolve(volume.split(":")[0])).exists();
                            assertThat(volume).as(name).endsWith(":ro");
                        });
                Map<?, ?> build = map(service, "build");
                if (!build.isEmpty()) {
                    assertThat(CHECKOUT.resolve(build.get("dockerfile").toString()))
                            .content()
                            .contains(" AS " + build.get("target") + "\n");
                }
            });
        }
        assertThat(FILES).allSatisfy(file -> assertThat(CHECKOUT.resolve(file)).exists());
    }

    @Test
    void namedVolumesAreDeclaredAndUsed() {
        Set<String> declared = new TreeSet<>();
        Set<String> used = new TreeSet<>();
        for (String file : FILES) {
            map(Compose.load(file), "volumes").keySet().forEach(name -> declared.add(name.toString()));
            Compose.services(file)
                    .values()
                    .forEach(service -> list(service, "volumes").stream()
                            .map(volume -> volume.split(":")[0])
                            .filter(volume -> !volume.startsWith("."))
                            .forEach(used::add));
        }
        assertThat(used).isEqualTo(declared);
    }

    @Test
    void secretsAreFilesThatOnlyTheirContainerMounts() throws IOException {
        Map<String, Set<String>> readers = new TreeMap<>();
        BASE.forEach((name, service) -> list(service, "volumes").stream()
                .filter(volume -> volume.startsWith("secrets"))
                .forEach(volume -> readers.computeIfAbsent(volume.split(":")[0], ignored -> new TreeSet<>())
                        .add(name)));
        assertThat(readers)
                .isEqualTo(Map.of(
                        "secrets", Set.of("secrets", "setup"),
                        "secrets-postgres", Set.of("secrets", "setup", "postgres"),
                        "secrets-mongo", Set.of("secrets", "setup", "mongo"),
                        "secrets-cassandra", Set.of("secrets", "setup", "cassandra"),
                        "secrets-analytics", Set.of("secrets", "setup", "analytics"),
                        "secrets-sinks", Set.of("secrets", "setup", "sinks"),
                        "secrets-grafana", Set.of("secrets", "setup", "grafana")));
        for (String file : FILES) {
            Compose.services(file)
                    .forEach((name, service) -> map(service, "environment").forEach((key, value) -> {
                        if (key.toString().matches(".*(PASSWORD|TOKEN|SECRET|CREDENTIAL).*")) {
                            assertThat(value.toString()).as(name + " " + key).startsWith("/run/candlestack");
                        }
                    }));
            // A password or token of ours is 43 such characters.
            assertThat(Compose.uncommented(file)).doesNotContainPattern("(?<![\\w-])(?![A-Z_]+:)[\\w-]{43}(?![\\w-])");
        }
    }

    private static Set<String> needs(Map<?, ?> service) {
        return map(service, "depends_on").keySet().stream()
                .map(Object::toString)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<String> reached(String from, Map<String, Set<String>> needs) {
        Set<String> reached = new LinkedHashSet<>(needs.get(from));
        for (int before = -1; before != reached.size(); ) {
            before = reached.size();
            List.copyOf(reached).forEach(name -> reached.addAll(needs.get(name)));
        }
        return reached;
    }

    private static Set<String> without(Set<String> names, String name) {
        return names.stream().filter(other -> !other.equals(name)).collect(Collectors.toSet());
    }

    private static long bytes(String written) {
        long amount = Long.parseLong(written.substring(0, written.length() - 1));
        return written.endsWith("g") ? amount << 30 : amount << 20;
    }
}
