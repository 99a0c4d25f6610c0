package candlestack.local.kafka;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.common.Uuid;

/** What the node keeps between two starts, all of it under {@code kafka/} in the home. */
final class BrokerFiles {
    private static final int NODE = 1;

    private final Path directory;
    private final int port;

    BrokerFiles(Path home, int port) {
        this.directory = requireNonNull(home, "home is null").resolve("kafka");
        this.port = port;
    }

    /** The generated {@code server.properties}, where Kafka's own tools find the node too. */
    Path propertiesFile() {
        return directory.resolve("server.properties");
    }

    boolean formatted() {
        return Files.exists(logs().resolve("meta.properties"));
    }

    /** Made at the first start: the data belong to this cluster and to no other. */
    String clusterId() throws IOException {
        Path file = directory.resolve("cluster.id");
        if (!Files.exists(file)) {
            Files.writeString(file, Uuid.randomUuid() + "\n");
        }
        return Files.readString(file).strip();
    }

    /** Writes {@link #propertiesFile()} anew from the configuration. */
    Properties write() throws IOException {
        Files.createDirectories(logs());
        Properties properties = properties(controllerPort());
        try (OutputStream out = Files.newOutputStream(propertiesFile())) {
            properties.store(out, "Generated at every start from candlestack.yaml; changes here are lost.");
        }
        return properties;
    }

    private Path logs() {
        return directory.resolve("logs");
    }

    private Properties properties(int controllerPort) {
        String broker = "PLAINTEXT://127.0.0.1:" + port;
        Properties properties = new Properties();
        properties.setProperty("process.roles", "broker,controller");
        properties.setProperty("node.id", String.valueOf(NODE));
        properties.setProperty("listeners", broker + ",CONTROLLER://127.0.0.1:" + controllerPort);
        properties.setProperty("advertised.listeners", broker);
        properties.setProperty("controller.listener.names", "CONTROLLER");
        properties.setProperty("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
        properties.setProperty("log.dirs", logs().toString());
        // A topic somebody mistyped is an error, not a new topic.
        properties.setProperty("auto.create.topics.enable", "false");
        // After kill -9 the node's old session has to end before it may register again.
        properties.setProperty("broker.session.timeout.ms", "2000");
        properties.setProperty("broker.heartbeat.interval.ms", "500");
        properties.setProperty("group.initial.rebalance.delay.ms", "0");
        singleNode(properties);
        small(properties);
        return properties;
    }

    private static void singleNode(Properties properties) {
        for (String topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            properties.setProperty(topic + ".replication.factor", "1");
            properties.setProperty(topic + ".num.partitions", "1");
        }
        properties.setProperty("transaction.state.log.min.isr", "1");
        properties.setProperty("share.coordinator.state.topic.min.isr", "1");
    }

    /** One machine's load needs neither the threads nor the buffers of a cluster's node. */
    private static void small(Properties properties) {
        properties.setProperty("num.network.threads", "2");
        properties.setProperty("num.io.threads", "4");
        properties.setProperty("background.threads", "2");
        properties.setProperty("log.cleaner.dedupe.buffer.size", String.valueOf(16 << 20));
    }

    /** The port the node talks to itself on: any free one, the same at every start while it stays free. */
    private int controllerPort() throws IOException {
        Path file = directory.resolve("controller.port");
        if (Files.exists(file)) {
            int known = Integer.parseInt(Files.readString(file).strip());
            if (known != port && free(known)) {
                return known;
            }
        }
        int fresh = anyFreePort();
        Files.writeString(file, fresh + "\n");
        return fresh;
    }

    private static boolean free(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static int anyFreePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
