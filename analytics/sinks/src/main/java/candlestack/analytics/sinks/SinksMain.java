package candlestack.analytics.sinks;

import candlestack.config.ConfigException;
import candlestack.config.Keys;
import candlestack.config.Settings;
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
        Settings settings;
        try {
            settings = settings(System.getenv());
        } catch (ConfigException e) {
            System.err.println(e.getMessage());
            System.exit(INVALID_CONFIGURATION);
            return;
        }
        CountDownLatch failed = new CountDownLatch(1);
        Sinks sinks = Sinks.start(settings, failed::countDown);
        Runtime.getRuntime().addShutdownHook(new Thread(sinks::close, "stop"));
        System.out.println("ready http://127.0.0.1:" + settings.get(Keys.STATUS_PORT));
        failed.await();
        // Whoever supervises us starts us again, from the offsets that were committed.
        System.exit(FAILED);
    }

    private static Settings settings(Map<String, String> environment) {
        Path file = Path.of(
                Optional.ofNullable(environment.get("CANDLESTACK_CONFIG")).orElse("candlestack.yaml"));
        return Settings.load(file, environment);
    }
}
