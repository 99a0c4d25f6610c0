package candlestack.local.cassandra;

import candlestack.config.ConfigException;
import candlestack.config.Keys;
import candlestack.config.Secrets;
import candlestack.config.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.cassandra.service.CassandraDaemon;
import org.apache.cassandra.service.StorageService;

/**
 * One node on the loopback interface, until SIGTERM. Whoever talks to it needs a password: the superuser's is the
 * secret {@value Secrets#CASSANDRA_SUPERUSER}, made at the first start.
 */
public final class CassandraMain {
    private static final int INVALID_CONFIGURATION = 2;

    private CassandraMain() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Settings settings;
        try {
            settings = settings(System.getenv());
        } catch (ConfigException e) {
            System.err.println(e.getMessage());
            System.exit(INVALID_CONFIGURATION);
            return;
        }
        start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(CassandraMain::stop, "stop"));
        System.out.println("ready " + settings.cassandraContactPoints());
    }

    private static void start(Settings settings) throws IOException, InterruptedException {
        NodeFiles files = new NodeFiles(settings.home(), settings.get(Keys.CASSANDRA_PORT));
        files.write();
        system(files).forEach(System::setProperty);
        String password = new Secrets(settings.secretsDirectory()).findOrGenerate(Secrets.CASSANDRA_SUPERUSER);
        CassandraDaemon daemon = new CassandraDaemon();
        // Ends the process by itself when it cannot start.
        daemon.activate();
        Superuser.setPassword(password);
        daemon.startNativeTransport();
    }

    /** As the node's own hook does, which waits for this one or is waited for; and SIGTERM is no failure. */
    private static void stop() {
        try {
            StorageService.instance.drain();
        } catch (IOException | ExecutionException e) {
            System.err.println("Cannot flush: " + e.getMessage() + "; the next start reads the log instead");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(0);
    }

    /** Cassandra takes these from the JVM's properties only. */
    private static Map<String, String> system(NodeFiles files) {
        return Map.of(
                "cassandra.config", files.configuration().toUri().toString(),
                "cassandra.storagedir", files.directory().toString(),
                // Or it closes standard output.
                "cassandra-foreground", "yes",
                "cassandra.superuser_setup_delay_ms", "0",
                // A node without others has nobody to wait for, nor to say goodbye to.
                "cassandra.ring_delay_ms", "0",
                "cassandra.skip_wait_for_gossip_to_settle", "0",
                "cassandra.shutdown_announce_in_ms", "0");
    }

    private static Settings settings(Map<String, String> environment) {
        Path file = Path.of(
                Optional.ofNullable(environment.get("CANDLESTACK_CONFIG")).orElse("candlestack.yaml"));
        return Settings.load(file, environment);
    }
}
