package candlestack.local.mongodb;

import candlestack.config.ConfigException;
import candlestack.config.Keys;
import candlestack.config.Settings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** MongoDB's protocol on the loopback interface, its data under {@code mongodb/} in the home, until SIGTERM. */
public final class MongoMain {
    private static final int INVALID_CONFIGURATION = 2;

    private MongoMain() {}

    public static void main(String[] args) throws IOException {
        Settings settings;
        try {
            settings = settings(System.getenv());
        } catch (ConfigException e) {
            System.err.println(e.getMessage());
            System.exit(INVALID_CONFIGURATION);
            return;
        }
        MongoServer server = start(settings);
        expire(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
        System.out.println("ready " + settings.mongodbUrl());
    }

    /** Every minute, until the process ends. */
    @SuppressWarnings("FutureReturnValueIgnored") // a round catches what can happen to it, and nobody waits for it
    private static void expire(Settings settings) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "expiry");
            thread.setDaemon(true);
            return thread;
        });
        MongoClient client = MongoClients.create("mongodb://127.0.0.1:" + settings.get(Keys.MONGODB_PORT));
        timer.scheduleWithFixedDelay(new Expiry(client, InstantSource.system()), 1, 1, TimeUnit.MINUTES);
    }

    /** SIGTERM is no failure. */
    private static void stop(MongoServer server) {
        // Closes the file, too.
        server.shutdownNow();
        Runtime.getRuntime().halt(0);
    }

    private static MongoServer start(Settings settings) throws IOException {
        Path directory = settings.home().resolve("mongodb");
        Files.createDirectories(directory);
        MongoServer server = new MongoServer(DurableBackend.open(directory.resolve("store.h2")));
        server.bind("127.0.0.1", settings.get(Keys.MONGODB_PORT));
        return server;
    }

    private static Settings settings(Map<String, String> environment) {
        Path file = Path.of(
                Optional.ofNullable(environment.get("CANDLESTACK_CONFIG")).orElse("candlestack.yaml"));
        return Settings.load(file, environment);
    }
}
