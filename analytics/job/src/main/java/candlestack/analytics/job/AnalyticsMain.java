package candlestack.analytics.job;

import candlestack.config.ConfigException;
import candlestack.config.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Spark application. Ends with 0 on SIGTERM, with 2 on a configuration or a checkpoint it cannot work with, with 1
 * when a query fails or another job is at work in the home: whoever supervises it starts it again, and it goes on where
 * its checkpoint is.
 */
public final class AnalyticsMain {
    private static final Logger LOG = LoggerFactory.getLogger(AnalyticsMain.class);
    private static final int FAILED = 1;
    private static final int MISCONFIGURED = 2;
    /** Longer than a job takes to end that was told to. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Held until the process is gone: to its very end queries may write. */
    private static final AtomicReference<JobLock> LOCK = new AtomicReference<>();

    private AnalyticsMain() {}

    public static void main(String[] arguments) {
        CleanStop stop = CleanStop.onSignal();
        int code = run(System.getenv(), stop);
        stop.endingByItself();
        System.exit(code);
    }

    private static int run(Map<String, String> environment, CleanStop stop) {
        try {
            work(environment, stop, PATIENCE);
            return 0;
        } catch (ConfigException | IncompatibleCheckpointException e) {
            System.err.println(e.getMessage());
            return MISCONFIGURED;
        } catch (HomeInUseException e) {
            System.err.println(e.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        } catch (Exception e) {
            LOG.error("Analytics has failed", e);
            return FAILED;
        }
    }

    /**
     * Returns when the queries have been stopped.
     *
     * @param patience how long another job in the home may take to end
     * @throws HomeInUseException if it does not
     */
    static void work(Map<String, String> environment, CleanStop stop, Duration patience) throws Exception {
        Settings settings =
                Settings.load(Path.of(environment.getOrDefault("CANDLESTACK_CONFIG", "candlestack.yaml")), environment);
        List<StreamDefinition> streams = Streams.of(settings);
        lock(settings, patience);
        new AnalyticsJob(settings, streams).run(stop);
    }

    /** @throws IOException if the home cannot be locked; where other machines work, it may not even exist */
    static void lock(Settings settings, Duration patience) throws IOException, InterruptedException {
        Path home = settings.home();
        try {
            JobLock.makeFolder(home);
        } catch (IOException e) {
            if (SparkSessions.isLocal(settings)) {
                throw notLocked(home, e);
            }
            LOG.warn("Cannot make {}: another job with these checkpoints would not be noticed", home, e);
            return;
        }
        try {
            LOCK.set(JobLock.acquire(home, patience));
        } catch (IOException e) {
            throw notLocked(home, e);
        }
    }

    private static IOException notLocked(Path home, IOException cause) {
        return new IOException("Cannot lock " + home + " against a second job: " + cause, cause);
    }
}
