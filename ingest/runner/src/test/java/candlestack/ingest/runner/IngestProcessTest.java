package candlestack.ingest.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import candlestack.config.Topic;
import candlestack.ingest.runner.plugin.TestPlugin;
import candlestack.local.testbed.TestKafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The host as a process of its own, as the launcher runs it. */
class IngestProcessTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void leaveNoProcess() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void losesNothingWhenItIsKilledAndEndsCleanlyWhenItIsAsked() throws Exception {
        Files.writeString(folder.resolve("candlestack.yaml"), """
                sources:
                  btc:
                    type: replay
                    file: sample:bitstamp-2013
                    symbol: BTC-USD
                    speed: 100000
                """);
        try (TestKafka kafka = TestKafka.start(folder.resolve("kafka"))) {
            Topics topics = new Topics(kafka.bootstrap());
            topics.create();

            Process killed = start(kafka.bootstrap());
            await().atMost(SOON).until(() -> Files.exists(positionFile()));
            killed.destroyForcibly().waitFor();
            assertThat(positionFile()).content().doesNotContain("\"row\" : \"100000\"");

            Process asked = start(kafka.bootstrap());
            await().atMost(SOON).until(() -> Files.readString(positionFile()).contains("\"row\" : \"100000\""));
            asked.destroy();
            assertThat(asked.waitFor(15, TimeUnit.SECONDS)).isTrue();
            assertThat(asked.exitValue()).isZero();

            Set<String> expected = new HashSet<>(IntStream.rangeClosed(1, 100_000)
                    .mapToObj(row -> "btc/bitstamp_trades_from_20131125_usd.csv#" + row)
                    .toList());
            assertThat(new HashSet<>(topics.ids("btc", Topic.MARKET_QUOTES))).isEqualTo(expected);
        }
    }

    @Test
    void endsWithTwoAndTheProblemsWhenNothingCanRun() throws Exception {
        Files.writeString(folder.resolve("candlestack.yaml"), "sources:\n  x:\n    type: replya\n");

        Process process = start("127.0.0.1:1");
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(said)
                .contains("Invalid configuration:\n  candlestack.yaml:3: Unknown type of source 'x': 'replya'; "
                        + "did you mean 'replay'?; installed are [");
    }

    @Test
    void takesItsSourcesAgainOnSighupAndTellsWhichOneEndedTheProcessBefore() throws Exception {
        assumeFalse(ignoresHangups(), "SIGHUP is ignored here, as under nohup, and so it is by all children");
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        TestPlugin.named("calm").counts("calm").writeTo(plugins.resolve("calm.jar"));
        // By reflection, which cannot be taken out of a class.
        TestPlugin.named("deadly").polls("""
                        if (context.instance().equals("deadly")) { return points("x", 1); }
                        try {
                            Runtime.class.getMethod("halt", int.class).invoke(Runtime.getRuntime(), 9);
                        } catch (ReflectiveOperationException e) { throw new IllegalStateException(e); }
                        return Batch.empty();""").writeTo(plugins.resolve("deadly.jar"));
        Files.writeString(folder.resolve("candlestack.yaml"), "sources:\n  calm:\n    step: 1\n");
        try (TestKafka kafka = TestKafka.start(folder.resolve("kafka"))) {
            new Topics(kafka.bootstrap()).create();
            Process process = start(kafka.bootstrap(), folder.resolve("first.txt"));
            await().atMost(SOON).until(() -> Files.exists(folder.resolve("home/positions/calm.json")));
            await().atMost(SOON).until(() -> Files.exists(folder.resolve("home/positions/deadly.json")));

            Files.writeString(
                    folder.resolve("candlestack.yaml"), "sources:\n  calm:\n    step: 1\n  end:\n    type: deadly\n");
            new ProcessBuilder("kill", "-HUP", String.valueOf(process.pid()))
                    .start()
                    .waitFor();

            assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(9);
            Files.writeString(folder.resolve("candlestack.yaml"), "sources:\n  calm:\n    step: 1\n");
            Process next = start(kafka.bootstrap(), folder.resolve("second.txt"));
            await().atMost(SOON)
                    .until(() -> Files.readString(folder.resolve("second.txt"))
                            .contains("Before this one, process " + process.pid() + " ended without being told to"));
            assertThat(Files.readString(folder.resolve("second.txt"))).contains("'end' (poll)");
            next.destroy();
            assertThat(next.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }

    /** What is ignored is inherited, and a JVM leaves it so. */
    private static boolean ignoresHangups() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16) % 2 == 1);
    }

    private Path positionFile() {
        return folder.resolve("home/positions/btc.json");
    }

    private Process start(String bootstrap) throws IOException {
        return started(builder(bootstrap));
    }

    private Process start(String bootstrap, Path said) throws IOException {
        return started(builder(bootstrap).redirectOutput(said.toFile()));
    }

    private Process started(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private ProcessBuilder builder(String bootstrap) {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                IngestMain.class.getName()));
        builder.environment()
                .putAll(Map.of(
                        "CANDLESTACK_CONFIG", folder.resolve("candlestack.yaml").toString(),
                        "CANDLESTACK_HOME", folder.resolve("home").toString(),
                        "CANDLESTACK_KAFKA_URL", bootstrap));
        return builder.redirectErrorStream(true);
    }
}
