package candlestack.viewer.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class ShippedAlertsTest {
    private static final Path GRAFANA = Path.of("..").toAbsolutePath().normalize();
    private static final Path ALERTING = GRAFANA.resolve("provisioning/alerting");

    @Test
    void everyRuleAsksAProvisionedDataSourceAndComparesTheAnswer() throws IOException {
        List<String> known = Stream.concat(
                        DataSourceFiles.read(GRAFANA).stream().map(DataSource::uid), Stream.of("__expr__"))
                .toList();
        assertThat(rules()).allSatisfy(rule -> {
            List<Map<?, ?>> steps = list(rule, "data");
            assertThat(steps).extracting(step -> (Object) step.get("refId")).containsExactly("A", "B", "C");
            assertThat(steps)
                    .extracting(step -> step.get("datasourceUid").toString())
                    .isSubsetOf(known);
            assertThat(rule.get("condition")).isEqualTo("C");
            assertThat(rule.get("annotations").toString()).contains("summary=");
        });
    }

    @Test
    void warnOfWhatAnOperatorMustKnow() throws IOException {
        assertThat(rules())
                .extracting(rule -> (Object) rule.get("uid"))
                .containsExactly("stream-silent", "sink-behind", "dead-letters", "price-move");
    }

    @Test
    void groupsAreEvaluatedAtMultiplesOfTenSeconds() throws IOException {
        assertThat(list(read("rules.yaml"), "groups"))
                .extracting(group -> (Object) group.get("interval"))
                .containsOnly("10s");
    }

    @Test
    void textsEscapeWhatTheProvisioningWouldExpand() throws IOException {
        assertThat(Files.readString(ALERTING.resolve("rules.yaml"))).doesNotContainPattern("[^$]\\$[a-zA-Z{]");
    }

    @Test
    void thePolicySendsToAContactPointThatExists() throws IOException {
        Map<?, ?> file = read("contact-points.yaml");

        assertThat(list(file, "policies").get(0).get("receiver"))
                .isEqualTo(list(file, "contactPoints").get(0).get("name"));
    }

    private static List<Map<?, ?>> rules() throws IOException {
        return list(read("rules.yaml"), "groups").stream()
                .flatMap(group -> list(group, "rules").stream())
                .toList();
    }

    private static Map<?, ?> read(String file) throws IOException {
        return (Map<?, ?>)
                new Load(LoadSettings.builder().build()).loadFromString(Files.readString(ALERTING.resolve(file)));
    }

    private static List<Map<?, ?>> list(Map<?, ?> map, String key) {
        List<Map<?, ?>> entries = new ArrayList<>();
        ((List<?>) map.get(key)).forEach(entry -> entries.add((Map<?, ?>) entry));
        return entries;
    }
}
