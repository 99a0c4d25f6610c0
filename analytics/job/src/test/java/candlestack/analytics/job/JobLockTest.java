package candlestack.analytics.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
