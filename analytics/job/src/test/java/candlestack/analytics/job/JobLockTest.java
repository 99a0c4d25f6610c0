package candlestack.analytics.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import candlestack.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class JobLockTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path home;

    @Test
    void isHeldByOneProcessUntilThatIsKilled() throws Exception {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(holder.inputReader().readLine()).isEqualTo("held");
            assertThatThrownBy(() -> JobLock.acquire(home, Duration.ZERO))
                    .isInstanceOf(HomeInUseException.class)
                    .hasMessageStartingWith("Cannot start analytics: another job runs in " + home);
        } finally {
            holder.destroyForcibly();
        }
        // Not awaited: whoever starts again at once waits for the end of the one before.
        JobLock.acquire(home, PATIENCE).close();
        assertThat(holder.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void isFreeOnceItIsClosed() throws Exception {
        try (JobLock lock = JobLock.acquire(home, Duration.ZERO)) {
            assertThatThrownBy(() -> JobLock.acquire(home, Duration.ZERO)).isInstanceOf(HomeInUseException.class);
            assertThat(lock).isNotNull();
        }
        JobLock.acquire(home, Duration.ZERO).close();
    }

    @Test
    @Timeout(120)
    void theJobDoesNotStartInAHomeThatIsInUse() throws Exception {
        Map<String, String> environment = Map.of(
                "CANDLESTACK_CONFIG",
                home.resolve("none.yaml").toString(),
                "CANDLESTACK_HOME",
                home.toString(),
                "CANDLESTACK_KAFKA_URL",
                "127.0.0.1:1",
                "CANDLESTACK_ANALYTICS_STREAMS",
                "market");
        try (JobLock lock = JobLock.acquire(home, Duration.ZERO)) {
            assertThatThrownBy(() -> AnalyticsMain.work(environment, new CleanStop(), Duration.ZERO))
                    .isInstanceOf(HomeInUseException.class);
            assertThat(lock).isNotNull();
        }
        assertThat(home).isDirectoryNotContaining("glob:**checkpoints");
    }

    @Test
    void whereAllRunsInOneProcessThereIsNoJobWithoutALock() throws Exception {
        Path file = Files.createFile(home.resolve("file"));

        assertThatThrownBy(() -> AnalyticsMain.lock(settings(file.resolve("home"), "local[1]"), Duration.ZERO))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Cannot lock " + file.resolve("home") + " against a second job: ");
    }

    @Test
    void aDriverOnAClusterNeedsNoHome() throws Exception {
        Path file = Files.createFile(home.resolve("file"));

        assertThatCode(() -> AnalyticsMain.lock(settings(file.resolve("home"), "spark://127.0.0.1:1"), Duration.ZERO))
                .doesNotThrowAnyException();
    }

    @Test
    void aHomeThatCannotBeLockedIsAnErrorOnAClusterToo() throws Exception {
        Files.createDirectories(home.resolve("run/analytics.lock"));

        assertThatThrownBy(() -> AnalyticsMain.lock(settings(home, "spark://127.0.0.1:1"), Duration.ZERO))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Cannot lock " + home);
    }

    private static Settings settings(Path home, String master) {
        Map<String, String> environment =
                Map.of("CANDLESTACK_HOME", home.toString(), "CANDLESTACK_ANALYTICS_MASTER", master);
        return Settings.load(Path.of("none.yaml"), environment);
    }

    /** Takes the lock and keeps it. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            JobLock lock = JobLock.acquire(Path.of(arguments[0]), Duration.ZERO);
            System.out.println("held");
            // Until it is killed, or its test is gone.
            System.in.read();
            lock.close();
        }
    }
}
