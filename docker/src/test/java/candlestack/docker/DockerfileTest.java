package candlestack.docker;

import static candlestack.docker.Compose.CHECKOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DockerfileTest {
    private static final List<String> SERVICES = List.of("setup", "ingest", "analytics", "sinks");

    @Test
    void theBaseImagesArePinnedArguments() throws IOException {
        String text = text();

        assertThat(text)
                .contains("ARG MAVEN_IMAGE=maven:3.")
                .contains("ARG JRE_IMAGE=eclipse-temurin:17.")
                .doesNotContain("latest");
        assertThat(text.lines().filter(line -> line.startsWith("FROM ")))
                .containsExactly(
                        "FROM ${MAVEN_IMAGE} AS build",
                        "FROM ${JRE_IMAGE} AS runtime",
                        "FROM runtime AS setup",
                        "FROM runtime AS ingest",
                        "FROM runtime AS analytics",
                        "FROM runtime AS sinks");
    }

    @Test
    void everyServiceGetsItsSignalsAndSaysHowItIs() throws IOException {
        Map<String, String> stages = stages();

        assertThat(stages.get("runtime")).contains("\nUSER 10001:10001\n").contains("\nSTOPSIGNAL SIGTERM\n");
        for (String service : SERVICES) {
            assertThat(stages.get(service))
                    .as(service)
                    // The form without a shell: the JVM itself is the process that is told to stop.
                    .contains("\nENTRYPOINT [\"java\"")
                    .contains("\nHEALTHCHECK ")
                    .contains("org.opencontainers.image.title=\"candlestack " + service + "\"")
                    .contains("COPY --from=build /out/" + service + "/lib ")
                    .contains("COPY --from=build /out/" + service + "/app ")
                    .doesNotContain("\nUSER ");
        }
    }

    @Test
    void whatIsCopiedFromTheCheckoutExistsAndIsNotIgnored() throws IOException {
        List<String> ignored = Files.readAllLines(CHECKOUT.resolve(".dockerignore"));

        assertThat(text().lines()
                        .filter(line -> line.startsWith("COPY ") && !line.contains("--from="))
                        .map(line -> line.replaceAll("^COPY (--\\S+ )*", "").split(" ")[0])
                        .filter(source -> !source.equals(".")))
                .containsExactly("docker/healthy.sh", "docker/spark.options")
                .allSatisfy(source -> assertThat(CHECKOUT.resolve(source)).exists())
                .noneMatch(ignored::contains);
        // The parent names every module: one whose pom is missing stops the build.
        assertThat(Files.readAllLines(CHECKOUT.resolve("pom.xml")).stream()
                        .map(String::strip)
                        .filter(line -> line.startsWith("<module>"))
                        .map(line -> line.replaceAll("</?module>", ""))
                        .filter(module -> ignored.stream().anyMatch(path -> (module + "/").startsWith(path + "/"))))
                .isEmpty();
    }

    @Test
    void whatMavenDownloadsIsKeptByTheBuilderInAFolderThatIsNobodysHome() throws IOException {
        assertThat(stages().get("build"))
                .contains("RUN --mount=type=cache,target=/maven \\\n    sh docker/build.sh /out /maven\n");
        assertThat(text()).doesNotContain("/root");
    }

    private static Map<String, String> stages() throws IOException {
        Map<String, String> stages = new LinkedHashMap<>();
        Arrays.stream(text().split("\nFROM "))
                .skip(1)
                .forEach(stage ->
                        stages.put(stage.lines().findFirst().orElseThrow().replaceAll(".* AS ", ""), stage));
        return stages;
    }

    private static String text() throws IOException {
        return Files.readString(CHECKOUT.resolve("docker/Dockerfile"));
    }
}
