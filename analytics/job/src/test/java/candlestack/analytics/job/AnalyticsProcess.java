package candlestack.analytics.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The job as it runs in production: a JVM of its own, which can be told to stop, or killed. */
final class AnalyticsProcess implements AutoCloseable {
    private final Process process;
    private final Path log;

    private AnalyticsProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it as for a short life.
     *
     * @param environment what the launcher would give: the configuration as CANDLESTACK_* variables
     */
    static AnalyticsProcess start(Path log, Map<String, String> environment) throws IOException {
        return start(log, environment, List.of("-Xmx1g", "-XX:+UseParallelGC", "-XX:TieredStopAtLevel=1"));
    }

    static AnalyticsProcess start(Path log, Map<String, String> environment, List<String> options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), AnalyticsMain.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return new AnalyticsProcess(builder.start(), log);
    }

    AnalyticsProcess awaitReady() {
        Awaitility.await("ready in " + log)
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> !process.isAlive() || Files.readString(log).contains("ready: "));
        if (!process.isAlive()) {
            throw new IllegalStateException("analytics ended with " + process.exitValue() + ", see " + log);
        }
        return this;
    }

    /** SIGKILL. */
    void kill() {
        close();
    }

    /** SIGTERM. */
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("analytics does not stop");
        }
        return process.exitValue();
    }

    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(4, TimeUnit.MINUTES)) {
            throw new IllegalStateException("analytics does not end");
        }
        return process.exitValue();
    }

    Process process() {
        return process;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
