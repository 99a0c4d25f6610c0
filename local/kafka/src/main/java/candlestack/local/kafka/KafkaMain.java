package candlestack.local.kafka;

import candlestack.config.ConfigException;
import candlestack.config.Keys;
import candlestack.config.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Time;

/** One KRaft node on the loopback interface. It formats its folder at the first start and runs until SIGTERM. */
public final class KafkaMain {
    private static final int INVALID_CONFIGURATION = 2;

    private KafkaMain() {}

    public static void main(String[] args) throws IOException {
        Settings settings;
        try {
            settings = settings(System.getenv());
        } catch (ConfigException e) {
            System.err.println(e.getMessage());
            System.exit(INVALID_CONFIGURATION);
            return;
        }
        KafkaRaftServer server = start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "stop"));
        System.out.println("ready " + settings.kafkaBootstrap());
        server.awaitShutdown();
    }

    static Settings settings(Map<String, String> environment) {
        Path file = Path.of(
                Optional.ofNullable(environment.get("CANDLESTACK_CONFIG")).orElse("candlestack.yaml"));
        return Settings.load(file, environment);
    }

    /** Starts the node and returns when it takes requests. The caller shuts it down. */
    static KafkaRaftServer start(Settings settings) throws IOException {
        BrokerFiles files = new BrokerFiles(settings.home(), settings.get(Keys.KAFKA_PORT));
        Properties properties = files.write();
        if (!files.formatted()) {
            format(files);
        }
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        server.startup();
        return server;
    }

    private static void format(BrokerFiles files) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        String[] command = {
            "format", "-t", files.clusterId(), "-c", files.propertiesFile().toString(), "--ignore-formatted"
        };
        if (StorageTool.execute(command, out) != 0) {
            throw new IOException("Cannot format " + files.propertiesFile().getParent() + ": "
                    + said.toString(StandardCharsets.UTF_8).strip());
        }
    }
}
