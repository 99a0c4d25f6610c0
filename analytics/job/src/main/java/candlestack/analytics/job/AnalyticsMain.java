package candlestack.analytics.job;

import candlestack.config.ConfigException;
import candlestack.config.Settings;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Spark application. Ends with 0 on SIGTERM, with 2 on a configuration or a checkpoint it cannot work with, with 1
 * when a query fails: whoever supervises it starts it again, and it goes on where its checkpoint is.
 */
public final class AnalyticsMain {
    private static final Logger LOG = LoggerFactory.getLogger(AnalyticsMain.class);
    private static final int FAILED = 1;
    private static final int MISCONFIGURED = 2;

    private AnalyticsMain() {}

    public static void main(String[] arguments) {
        CleanStop stop = CleanStop.onSignal();
        int code = run(System.getenv(), stop);
        stop.endingByItself();
        System.exit(code);
    }

    private static int run(Map<String, String> environment, CleanStop stop) {
        try {
            Settings settings = Settings.load(
                    Path.of(environment.getOrDefault("CANDLESTACK_CONFIG", "candlestack.yaml")), environment);
            new AnalyticsJob(settings, Streams.of(settings)).run(stop);
            return 0;
        } catch (ConfigException | IncompatibleCheckpointException e) {
            System.err.println(e.getMessage());
            return MISCONFIGURED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        } catch (Exception e) {
            LOG.error("Analytics has failed", e);
            return FAILED;
        }
    }
}
