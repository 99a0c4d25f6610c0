package candlestack.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The compose files against the schema of the Compose Specification, each by itself: an overlay is valid, too. */
class ComposeSchemaTest {
    static final List<String> FILES = Compose.FILES;

    private static final ObjectMapper JSON = new ObjectMapper();

    private static Schema schema;

    @BeforeAll
    static void readSchema() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                ComposeSchemaTest.class.getResourceAsStream("/compose-spec/compose-spec.json"), "no schema")) {
            // The name of the schema is a relative one: it needs a place to be relative to.
            schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(SchemaLocation.of("classpath:/compose-spec/compose-spec.json"), JSON.readTree(in));
        }
    }

    @ParameterizedTest
    @FieldSource("FILES")
    void aComposeFileIsWhatTheSpecificationSays(String file) {
        assertThat(problems(file(file))).isEmpty();
    }

    @Test
    void aWrongKeyAndAWrongValueAreFound() {
        ObjectNode file = file("docker-compose.yml");
        ObjectNode kafka = (ObjectNode) file.path("services").path("kafka");
        kafka.put("imagee", "apache/kafka");
        assertThat(problems(file))
                .singleElement()
                .asString()
                .startsWith("/services/kafka: ")
                .contains("'imagee'");

        kafka.remove("imagee");
        kafka.put("ports", 9092);
        assertThat(problems(file))
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem).startsWith("/services/kafka/ports: "));
    }

    private static ObjectNode file(String name) {
        return JSON.valueToTree(Compose.load(name));
    }

    private static List<String> problems(JsonNode file) {
        return schema.validate(file).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }
}
