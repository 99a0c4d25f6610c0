package candlestack.ingest.runner;

import static org.assertj.core.api.Assertions.assertThat;

import candlestack.ingest.api.Config;
import candlestack.ingest.api.ConfigSpec;
import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.ResumeKind;
import candlestack.ingest.api.Source;
import candlestack.ingest.api.SourceContext;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.api.SourceFactory;
import candlestack.ingest.runner.plugin.TestPlugin;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever plugins do, the programs that only ask them something end with an answer. */
class OneAnswerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void endsThoughAPluginHasAThreadThatDoesNot() throws Exception {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        TestPlugin.named("lingering").describes("linger()").statics("""
                static String linger() {
                    System.out.print("a plugin that talks");
                    Thread thread = new Thread(() -> {
                        while (true) { try { Thread.sleep(60_000); } catch (InterruptedException e) { } }
                    });
                    // The one that describes the plugin is one, and what it starts would be.
                    thread.setDaemon(false);
                    thread.start();
                    return "lingers";
                }""").writeTo(plugins.resolve("lingering.jar"));
        Files.writeString(folder.resolve("candlestack.yaml"), "plugins:\n  directory: plugins\n");
        Path output = folder.resolve("output.json");

        Process process = sources(output);
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(process.exitValue()).isZero();
        JsonNode said = JSON.readTree(Files.readAllBytes(output));
        assertThat(said.path("types"))
                .extracting(type -> type.path("description").asText())
                .contains("lingers");
    }

    @Test
    void diagnosesSourcesAtOnce() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        Making waiting = context -> {
            both.countDown();
            try {
                assertThat(both.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return position -> {
                throw new AssertionError("opened");
            };
        };

        assertThat(DiagnoseMain.diagnose(List.of(plan("x", waiting), plan("y", waiting)), folder))
                .isEmpty();
    }

    @Test
    void whatASourceThrowsWhenItIsDiagnosedIsAFinding() throws Exception {
        assertThat(found(context -> {
                    throw new IllegalStateException("no way");
                }))
                .isEqualTo("[{\"source\":\"x\",\"subject\":\"diagnosis\",\"outcome\":\"failed\","
                        + "\"detail\":\"Cannot diagnose: java.lang.IllegalStateException: no way\"}]");
        assertThat(found(context -> {
                    throw new SourceException(ErrorKind.MISCONFIGURED, "no such file");
                }))
                .isEqualTo("[{\"source\":\"x\",\"subject\":\"configuration\",\"outcome\":\"failed\","
                        + "\"detail\":\"no such file\"}]");
    }

    private Process sources(Path output) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SourcesMain.class.getName()))
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment()
                .putAll(Map.of(
                        "CANDLESTACK_CONFIG", folder.resolve("candlestack.yaml").toString(),
                        "CANDLESTACK_HOME", folder.resolve("home").toString()));
        return builder.start();
    }

    private String found(Making making) throws Exception {
        return DiagnoseMain.diagnose(List.of(plan("x", making)), folder).toString();
    }

    private static Plan plan(String name, Making making) throws Exception {
        Made factory = new Made(making);
        Config config = factory.config().bind(Map.of());
        return new Plan(name, "made", Plan.Enablement.ENABLED, Optional.of(new Plan.Ready(factory, config)), List.of());
    }

    private interface Making {
        Source make(SourceContext context) throws SourceException;
    }

    private record Made(Making making) implements SourceFactory {
        @Override
        public String name() {
            return "made";
        }

        @Override
        public String description() {
            return "What a test needs.";
        }

        @Override
        public ConfigSpec config() {
            return ConfigSpec.of();
        }

        @Override
        public ResumeKind resume() {
            return ResumeKind.EXACT;
        }

        @Override
        public Source create(SourceContext context) throws SourceException {
            return making.make(context);
        }
    }
}
