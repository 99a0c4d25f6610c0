package candlestack.influxdb;

import candlestack.config.ConfigException;
import candlestack.config.Keys;
import candlestack.config.Settings;
import candlestack.influxdb.http.ApiServer;
import candlestack.influxdb.http.Limits;
import candlestack.influxdb.store.CorruptStoreException;
import candlestack.influxdb.store.StoreOptions;
import candlestack.influxdb.store.SyncPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process: reads the stack's configuration, serves the folder {@code influxdb} in its home, ends on SIGTERM.
 *
 * <p>Exit codes: 0 after SIGTERM, 2 if the configuration, the port or the folder cannot be used.
 */
public final class InfluxServer {
    private static final Logger log = LoggerFactory.getLogger(InfluxServer.class);
    private static final int UNUSABLE = 2;

    private InfluxServer() {}

    public static void main(String[] arguments) {
        try {
            run(System.getenv());
        } catch (ConfigException e) {
            e.problems().forEach(System.err::println);
            System.exit(UNUSABLE);
        } catch (IOException | UncheckedIOException | CorruptStoreException e) {
            System.err.println(e.getMessage());
            System.exit(UNUSABLE);
        }
    }

    private static void run(Map<String, String> environment) throws IOException {
        Path file = Path.of(environment.getOrDefault("CANDLESTACK_CONFIG", "candlestack.yaml"));
        Settings settings = Settings.load(file, environment);
        ApiServer server = start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
        System.out.println("ready " + server.url());
    }

    private static ApiServer start(Settings settings) throws IOException {
        int port = settings.get(Keys.INFLUXDB_PORT);
        long heap = Runtime.getRuntime().maxMemory();
        SyncPolicy sync = new SyncPolicy(settings.get(Keys.INFLUXDB_SYNC));
        try {
            return ApiServer.start(
                    settings.home().resolve("influxdb"),
                    port,
                    StoreOptions.forHeap(heap, sync),
                    Limits.forHeap(heap),
                    Clock.systemUTC());
        } catch (BindException e) {
            throw new IOException(
                    "Cannot listen on port " + port + ": it is taken. Stop what listens there or set influxdb.port.",
                    e);
        }
    }

    private static void stop(ApiServer server) {
        server.close();
        log.info("Stopped");
        Runtime.getRuntime().halt(0); // being asked to stop is no failure, but the JVM would end with 143
    }
}
