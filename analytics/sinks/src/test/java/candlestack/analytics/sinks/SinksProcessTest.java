package candlestack.analytics.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process as the launcher runs it. */
class SinksProcessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int BARS = 3_000;
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
