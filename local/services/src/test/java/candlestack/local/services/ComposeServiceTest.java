package candlestack.local.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file is the stack's own: only what no version changes is said here. */
class ComposeServiceTest {
    @ParameterizedTest
    @CsvSource({
        "kafka, apache/kafka",
        "influxdb, influxdb",
        "postgres, postgres",
        "mongo, mongo",
        "cassandra, cassandra"
    })
    void everyServiceHasAnImageOfOneVersionAndAHealthCheck(String name, String image) {
        ComposeService service = new ComposeService(name, Map.of());

        assertThat(service.image()).matches(image + ":\\d[\\d.]*");
        assertThat(service.healthTest())
                .hasSizeGreaterThan(1)
                .first()
                .asString()
                .startsWith("CMD");
    }

    @Test
    void variablesAreReplacedAsComposeDoes() {
        String key = "KAFKA_ADVERTISED_LISTENERS";

        assertThat(new ComposeService("kafka", Map.of()).environment())
                .containsEntry(key, "INSIDE://kafka:19092,HOST://127.0.0.1:9092")
                .containsEntry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
        assertThat(new ComposeService("kafka", Map.of("CANDLESTACK_KAFKA_PORT", "1234")).environment())
                .containsEntry(key, "INSIDE://kafka:19092,HOST://127.0.0.1:1234");
        assertThat(new ComposeService("mongo", Map.of()).healthTest())
                .last()
                .asString()
                .contains("--host \"$(hostname)\"");
    }

    @Test
    void whatAServiceSaysOfItselfIsRead() {
        ComposeService cassandra = new ComposeService("cassandra", Map.of());

        assertThat(cassandra.user()).contains("cassandra");
        assertThat(cassandra.entrypoint()).containsExactly("/bin/bash", "/opt/candlestack/cassandra.sh");
        assertThat(cassandra.mountedFiles()).isEqualTo(Map.of("docker/cassandra.sh", "/opt/candlestack/cassandra.sh"));
        assertThat(cassandra.command()).isEmpty();
        assertThat(new ComposeService("postgres", Map.of()).command()).startsWith("postgres", "-c");
        assertThat(new ComposeService("kafka", Map.of()).user()).isEmpty();
        assertThat(new ComposeService("kafka", Map.of()).entrypoint()).isEqualTo(List.of());
    }

    @Test
    void aServiceThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> new ComposeService("mysql", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("No service 'mysql' in docker-compose.yml");
    }
}
