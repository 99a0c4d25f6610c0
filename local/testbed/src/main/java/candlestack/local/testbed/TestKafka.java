package candlestack.local.testbed;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.Exit;

/** The real broker, one KRaft node on free ports, inside the JVM of a test. */
public final class TestKafka implements AutoCloseable {
    private static final Duration LEADERS_LIMIT = Duration.ofSeconds(30);

    private final Properties properties;
    private final int port;
    private KafkaRaftServer server;

    static {
        // A broker whose disk fails halts its JVM, which here is the one of all the tests: the results of those that
        // have passed would be gone.
        Exit.setHaltProcedure((status, message) -> {
            throw new IllegalStateException("The broker wants to halt with " + status + ": " + message);
        });
    }

    private TestKafka(Properties properties, int port) {
        this.properties = properties;
        this.port = port;
    }

    /** Formats {@code folder}, which is empty, and starts a broker that creates no topic by itself. */
    public static TestKafka start(Path folder) {
        requireNonNull(folder, "folder is null");
        int port = freePort();
        TestKafka kafka = new TestKafka(properties(folder, port, freePort()), port);
        kafka.format(folder);
        try {
            kafka.start();
        } catch (RuntimeException e) {
            kafka.abandon();
            throw e;
        }
        return kafka;
    }

    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    /**
     * Makes topics and waits until the leader of each partition is at work: a producer that comes before it has its first
     * batch refused and the next one taken, and then tries the first for two minutes in vain.
     */
    public static void create(Admin admin, Collection<NewTopic> topics) {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (NewTopic topic : topics) {
            for (int partition = 0; partition < topic.numPartitions(); partition++) {
                ends.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
            }
        }
        try {
            admin.createTopics(topics).all().get();
            awaitLeaders(admin, ends);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while making topics", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Cannot make topics", e.getCause());
        }
    }

    /** The controller knows a topic before the broker does, which then says that there is none. */
    private static void awaitLeaders(Admin admin, Map<TopicPartition, OffsetSpec> ends)
            throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + LEADERS_LIMIT.toNanos();
        boolean isThere = false;
        while (!isThere) {
            try {
                admin.listOffsets(ends).all().get();
                isThere = true;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() > deadline) {
                    throw e;
                }
            }
        }
    }

    /** Takes the broker away; its data and its address stay. */
    public void stop() {
        server.shutdown();
        server.awaitShutdown();
    }

    /** Brings the broker back. */
    public void start() {
        server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        server.startup();
    }

    @Override
    public void close() {
        stop();
    }

    /** What has half started would end the JVM when its folder goes away. */
    private void abandon() {
        if (server != null) {
            server.shutdown();
        }
    }

    private void format(Path folder) {
        try {
            Path file = folder.resolve("server.properties");
            Files.createDirectories(folder);
            try (OutputStream out = Files.newOutputStream(file)) {
                properties.store(out, null);
            }
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            String[] command = {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()};
            if (StorageTool.execute(command, new PrintStream(said, true, StandardCharsets.UTF_8)) != 0) {
                throw new IllegalStateException(
                        "Cannot format '" + folder + "': " + said.toString(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot format '" + folder + "'", e);
        }
    }

    private static Properties properties(Path folder, int port, int controllerPort) {
        Properties properties = new Properties();
        properties.setProperty("process.roles", "broker,controller");
        properties.setProperty("node.id", "1");
        properties.setProperty(
                "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        properties.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        properties.setProperty("controller.listener.names", "CONTROLLER");
        properties.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        properties.setProperty("log.dirs", folder.resolve("logs").toString());
        properties.setProperty("auto.create.topics.enable", "false");
        properties.setProperty("broker.session.timeout.ms", "2000");
        properties.setProperty("broker.heartbeat.interval.ms", "500");
        properties.setProperty("group.initial.rebalance.delay.ms", "0");
        // Events of tests are of fixed days, which are past: half a minute after its start the broker would delete
        // them.
        properties.setProperty("log.retention.ms", "-1");
        properties.setProperty("log.cleaner.dedupe.buffer.size", String.valueOf(16 << 20));
        properties.setProperty("transaction.state.log.min.isr", "1");
        properties.setProperty("share.coordinator.state.topic.min.isr", "1");
        for (String topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            properties.setProperty(topic + ".replication.factor", "1");
            properties.setProperty(topic + ".num.partitions", "1");
        }
        return properties;
    }

    private static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot find a free port", e);
        }
    }
}
