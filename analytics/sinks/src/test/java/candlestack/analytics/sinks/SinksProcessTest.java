package candlestack.analytics.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import candlestack.config.Topic;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process as the launcher runs it. */
class SinksProcessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int BARS = 3_000;
    private static final int LETTERS = 200;
    private static final int LETTER_BYTES = 1 << 20;
    private static final Instant START = Instant.parse("2026-01-02T00:00:00Z");

    @TempDir
    Path home;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void leaveNoProcess() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void killedInMidStreamItLeavesWhatAnUndisturbedRunLeavesAndEndsCleanlyOnSigterm() throws Exception {
        try (TestStack stack = TestStack.start(home)) {
            Process process = startProcess(stack);
            Map<String, String> expected = new TreeMap<>();
            for (int version = 1; version <= 3; version++) {
                for (int minute = 0; minute < BARS; minute++) {
                    Instant time = START.plusSeconds(60L * minute);
                    stack.sendLater(
                            "market.bars",
                            "K",
                            TestStack.bar("K", "1m", time.toString(), version * 10_000 + minute, ""));
                    expected.put(time.toString(), "3" + "%04d".formatted(minute));
                    if (minute == BARS / 2) {
                        stack.flush();
                        process.destroyForcibly().waitFor();
                        process = startProcess(stack);
                    }
                }
            }

            stack.flush();
            Map<String, String> rows = new TreeMap<>();
            await().atMost(PATIENCE).untilAsserted(() -> {
                rows.clear();
                for (String row : stack.rows("select to_char(ts at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'),"
                        + " close::bigint from market.bars")) {
                    rows.put(row.split("\\|")[0], row.split("\\|")[1]);
                }
                assertThat(rows).isEqualTo(expected);
            });
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(stack.points("market", "symbol=K ").values())
                                    .hasSize(BARS)
                                    .allMatch(fields -> fields.contains(",close=3")));

            process.destroy();
            assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
    }

    /** A fetch has hundreds of them: what repeats itself is a few kilobytes on the wire. */
    @Test
    void aBacklogOfManyTimesItsMemoryReachesTheStore() throws Exception {
        try (TestStack stack = TestStack.start(home)) {
            sendLetters(stack.kafka.bootstrap());

            Process process = startProcess(stack);

            await().atMost(PATIENCE)
                    .until(() -> !process.isAlive() || storedLetters(stack).equals(List.of(LETTERS + "|" + LETTERS)));
            assertThat(process.isAlive()).isTrue();
            process.destroy();
            assertThat(process.waitFor()).isZero();
        }
    }

    private static void sendLetters(String bootstrap) {
        String raw = Base64.getEncoder().encodeToString("x".repeat(LETTER_BYTES).getBytes(StandardCharsets.UTF_8));
        Map<String, Object> properties = Map.of(
                "bootstrap.servers", bootstrap, "compression.type", "lz4", "max.request.size", Topic.LARGEST_RECORD);
        try (Producer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < LETTERS; i++) {
                String letter = "{\"origin\":\"test\",\"reason\":\"large\",\"time\":\"%s\",\"raw\":\"%s\"}"
                        .formatted(START.plusSeconds(i), raw);
                ProducerRecord<String, String> record = new ProducerRecord<>("dead.letters", "test", letter);
                record.headers()
                        .add("source", "test".getBytes(StandardCharsets.UTF_8))
                        .add("event-id", ("large#" + i).getBytes(StandardCharsets.UTF_8));
                var unused = producer.send(record);
            }
        }
    }

    private static List<String> storedLetters(TestStack stack) throws SQLException {
        return stack.rows("select count(*), count(*) filter (where length(raw) = " + LETTER_BYTES
                + ") from pipeline.dead_letters");
    }

    @Test
    void anInvalidConfigurationIsToldAndEndsItWith2() throws Exception {
        Path file = home.resolve("candlestack.yaml");
        Files.writeString(file, "kafka:\n  port: none\n");

        ProcessBuilder builder = new ProcessBuilder(command()).redirectErrorStream(true);
        builder.environment().put("CANDLESTACK_CONFIG", file.toString());
        Process process = builder.start();
        processes.add(process);

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("candlestack.yaml:2: Invalid kafka.port: 'none'");
        assertThat(process.waitFor()).isEqualTo(2);
    }

    private Process startProcess(TestStack stack) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command()).redirectErrorStream(true);
        Path file = home.resolve("candlestack.yaml");
        builder.environment().put("CANDLESTACK_CONFIG", file.toString());
        builder.environment().putAll(stack.environment());
        Process process = builder.start();
        processes.add(process);
        awaitReady(process);
        return process;
    }

    private static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "candlestack.analytics.sinks.SinksMain");
    }

    /** Reads on, so that the process never waits for a reader. */
    private static void awaitReady(Process process) throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        while (line != null && !line.startsWith("ready ")) {
            line = out.readLine();
        }
        assertThat(line).startsWith("ready http://127.0.0.1:");
        Thread reader = new Thread(() -> out.lines().forEach(ignored -> {}), "process-output");
        reader.setDaemon(true);
        reader.start();
    }
}
