package candlestack.analytics.sinks;

import candlestack.config.ConfigException;
import candlestack.config.Keys;
import candlestack.config.Settings;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The process that brings Kafka's records into the stores, until SIGTERM. */
public final class SinksMain {
    private static final int FAILED = 1;
    private static final int INVALID_CONFIGURATION = 2;

    private SinksMain() {}

    public static void main(String[] args) throws InterruptedException {
        CountDownLatch failed = new CountDownLatch(1);
        Sinks sinks;
        try {
            Settings settings = settings(System.getenv());
            sinks = Sinks.start(settings, failed::countDown);
            System.out.println("ready http://" + settings.get(Keys.STATUS_HOST) + ":" + sinks.statusPort());
        } catch (ConfigException | UncheckedIOException e) {
            System.err.println(e.getMessage());
            System.exit(INVALID_CONFIGURATION);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(sinks, failed), "stop"));
        failed.await();
        // Whoever supervises us starts us again, from the offsets that were committed.
        System.exit(FAILED);
    }

    /** The end of SIGTERM's hook decides the exit code. */
    private static void stop(Sinks sinks, CountDownLatch failed) {
        sinks.close();
        Runtime.getRuntime().halt(failed.getCount() == 0 ? FAILED : 0);
    }

    private static Settings settings(Map<String, String> environment) {
        Path file = Path.of(
                Optional.ofNullable(environment.get("CANDLESTACK_CONFIG")).orElse("candlestack.yaml"));
        return Settings.load(file, environment);
    }
}
