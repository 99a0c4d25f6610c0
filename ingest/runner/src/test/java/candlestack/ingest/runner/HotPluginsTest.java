package candlestack.ingest.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import candlestack.config.Settings;
import candlestack.config.Topic;
import candlestack.ingest.api.EventIds;
import candlestack.ingest.runner.plugin.TestPlugin;
import candlestack.local.testbed.TestKafka;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins and settings that change while the host runs, against a real broker. */
class HotPluginsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    static Path broker;

    @TempDir
    Path home;

    private static TestKafka kafka;
    private static Topics topics;

    private final AtomicBoolean reload = new AtomicBoolean();
    private Path plugins;
    private RunningIngest ingest;
    private SourceWatch watch;

    @BeforeAll
    static void startBroker() throws Exception {
        kafka = TestKafka.start(broker);
        topics = new Topics(kafka.bootstrap());
        topics.create();
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @AfterEach
    void stop() {
        watch.close();
        ingest.close();
    }

    @Test
    void aPluginIsAddedReplacedRemovedAndAddedAgainWithNothingLostAndNothingTwice() throws Exception {
        start("sources:\n  off:\n    type: market\n    enabled: false\n");
        TestPlugin.named("tides").counts("first").writeTo(plugins.resolve("tides.jar"));
        await().atMost(SOON).until(() -> ingest.saved("tides") > 50);

        TestPlugin.named("tides").counts("second").writeTo(plugins.resolve("tides.jar"));
        long replaced = ingest.saved("tides");
        await().atMost(SOON).until(() -> by("tides").contains("second") && ingest.saved("tides") > replaced + 50);

        Files.delete(plugins.resolve("tides.jar"));
        await().atMost(SOON).until(() -> ingest.status("tides").isMissingNode());
        await().atMost(SOON).until(() -> ingest.saved("tides") == ids("tides").size());
        long removed = ingest.saved("tides");

        TestPlugin.named("tides").counts("third").writeTo(plugins.resolve("tides.jar"));
        await().atMost(SOON).until(() -> ingest.saved("tides") > removed + 50);
        ingest.stop();

        List<String> ids = ids("tides");
        assertThat(by("tides")).containsExactlyInAnyOrder("first", "second", "third");
        assertThat(ids)
                .containsExactlyInAnyOrderElementsOf(LongStream.range(0, ids.size())
                        .mapToObj(n -> EventIds.numbered("tides", n))
                        .toList());
    }

    @Test
    void badOnesAreReportedAndHarmNoOther() throws Exception {
        Files.createDirectories(home.resolve("plugins"));
        Files.writeString(home.resolve("plugins/broken.jar"), "no jar");
        // The first call is given more time.
        bad(
                "blocking",
                "if (next++ == 0) { return Batch.empty(); } while (true) { try { Thread.sleep(60_000); } catch (InterruptedException e) { } }");
        bad("throwing", "throw new StackOverflowError(\"deep\");");
        bad("nothing", "return null;");
        bad("exiting", "System.exit(0); return null;");
        bad(
                "leaking",
                "if (next++ == 0) { Thread t = new Thread(() -> { while (true) { try { Thread.sleep(60_000); }"
                        + " catch (InterruptedException e) { return; } } }, \"leaked\"); t.start(); }"
                        + " throw new SourceException(ErrorKind.MISCONFIGURED, \"leaks\");");
        bad("flooding", "context.report(\"flood \" + next); return points(\"flood\", 5000);");
        TestPlugin.named("good").counts("good").writeTo(home.resolve("plugins/good.jar"));

        start("sources:\n  off:\n    type: market\n    enabled: false\n");

        await().atMost(SOON).until(() -> ingest.saved("good") > 500 && ingest.saved("flooding") > 50_000);
        await().atMost(SOON).until(() -> ingest.status("blocking").has("stuck"));
        assertThat(ingest.status("blocking").path("stuck").asText())
                .startsWith("poll has not returned for ")
                .contains("Thread.sleep");
        assertThat(error("throwing")).isEqualTo("Cannot run 'throwing': java.lang.StackOverflowError: deep");
        assertThat(error("nothing")).isEqualTo("poll returned null");
        assertThat(error("exiting"))
                .endsWith(
                        "exiting.jar called System.exit(0) in plugged.TestFactory$Reader: a plugin cannot end the process");
        await().atMost(SOON)
                .until(() -> ingest.status("leaking").path("state").asText().equals("misconfigured"));
        await().atMost(SOON)
                .until(() -> ingest.status("leaking").path("notice").asText().equals("left running: [leaked]"));
        JsonNode broken = ingest.status().path("plugins").path(1);
        assertThat(broken.path("file").asText()).isEqualTo("broken.jar");
        assertThat(broken.path("problem").asText()).isEqualTo("is no complete jar: zip END header not found");

        Files.delete(plugins.resolve("blocking.jar"));
        await().atMost(SOON).until(() -> ingest.status("blocking").isMissingNode());
        long before = ingest.saved("good");
        await().atMost(SOON).until(() -> ingest.saved("good") > before + 100);
        assertThat(ingest.stop()).isLessThan(Duration.ofSeconds(6));
    }

    @Test
    void aReloadRestartsOnlyWhatHasChangedAndAMistakeChangesNothing() throws Exception {
        TestPlugin.named("waves").polls("return points(context.instance(), 1);").writeTo(folder().resolve("waves.jar"));
        start("sources:\n  a:\n    type: waves\n  b:\n    type: waves\n");
        await().atMost(SOON).until(() -> ingest.saved("a") > 20 && ingest.saved("b") > 20);
        Thread keptThread = thread("source-a");
        Thread changedThread = thread("source-b");

        write(
                "sources:\n  a:\n    type: waves\n  b:\n    type: waves\n    step: many\n  c:\n    stepp: 3\n    type: waves\n");
        reload.set(true);
        await().atMost(SOON).until(() -> configuration().path("count").asInt() == 2);
        assertThat(configuration().path("problems"))
                .extracting(JsonNode::asText)
                .containsExactly(
                        "candlestack.yaml:8: sources.b: Invalid step: 'many', expected a whole number from 1 to 100",
                        "candlestack.yaml:10: sources.c: Unknown option 'stepp'; did you mean 'step'?");
        assertThat(changedThread.isAlive()).isTrue();

        write("sources:\n  a:\n    type: waves\n  b:\n    type: waves\n    step: 7\n  c:\n    type: waves\n");
        reload.set(true);
        await().atMost(SOON).until(() -> ingest.saved("c") > 20);
        await().atMost(SOON).until(() -> !changedThread.isAlive());
        long now = ingest.saved("b");
        await().atMost(SOON).until(() -> ingest.saved("b") > now + 20);

        await().atMost(SOON).until(() -> configuration().path("problems").isEmpty());
        assertThat(keptThread.isAlive()).isTrue();
        assertThat(thread("source-a")).isSameAs(keptThread);
    }

    private Path folder() throws IOException {
        return Files.createDirectories(home.resolve("plugins"));
    }

    private void bad(String name, String poll) throws IOException {
        TestPlugin.named(name).polls(poll).writeTo(home.resolve("plugins").resolve(name + ".jar"));
    }

    private void start(String yaml) throws Exception {
        plugins = folder();
        write(yaml);
        Map<String, String> environment =
                Map.of("CANDLESTACK_CONFIG", configFile().toString(), "CANDLESTACK_HOME", home.toString());
        Settings settings = Settings.load(configFile(), environment);
        SourcePlans plans = SourcePlans.of(environment, settings, Clock.systemUTC(), home.resolve("copies"));
        ingest = new RunningIngest(home, kafka.bootstrap(), plans.current());
        watch = new SourceWatch(plans, configFile(), ingest::change, reload);
        watch.start();
    }

    private Path configFile() {
        return home.resolve("candlestack.yaml");
    }

    /** With a folder of plugins that is relative to the file. */
    private void write(String sources) throws IOException {
        Files.writeString(configFile(), "plugins:\n  directory: plugins\n" + sources);
    }

    private JsonNode configuration() throws IOException {
        return ingest.status().path("configuration");
    }

    private String error(String source) throws IOException {
        await().atMost(SOON).until(() -> ingest.status(source).has("lastError"));
        return ingest.status(source).path("lastError").path("message").asText();
    }

    private static Thread thread(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> ids(String source) {
        return topics.ids(source, Topic.SERIES_POINTS);
    }

    private static Set<String> by(String source) throws IOException {
        Set<String> by = new HashSet<>();
        for (ConsumerRecord<String, String> record : topics.from(source, Topic.SERIES_POINTS)) {
            by.add(JSON.readTree(record.value()).path("tags").path("by").asText());
        }
        return by;
    }
}
