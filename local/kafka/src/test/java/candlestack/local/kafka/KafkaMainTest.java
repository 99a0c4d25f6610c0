package candlestack.local.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import candlestack.config.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaMainTest {
    @TempDir
    Path folder;

    @Test
    void keepsItsTopicsAndItsClusterOverARestartInAFolderWithASpace() throws Exception {
        Settings settings = settings(folder.resolve("a home"), freePort());

        String cluster = whileRunning(settings, admin -> {
            NewTopic topic = new NewTopic("market.quotes", 2, (short) 1);
            admin.createTopics(List.of(topic)).all().get();
            return admin.describeCluster().clusterId().get();
        });
        Path clusterFile = folder.resolve("a home/kafka/cluster.id");
        assertThat(clusterFile).hasContent(cluster);

        String restarted = whileRunning(
                settings, admin -> admin.describeCluster().clusterId().get());
        Set<String> topics =
                whileRunning(settings, admin -> admin.listTopics().names().get());
        assertThat(restarted).isEqualTo(cluster);
        assertThat(topics).containsExactly("market.quotes");
    }

    @Test
    void takesAnotherControllerPortWhenItsOwnIsHeldBySomebodyElse() throws Exception {
        Settings settings = settings(folder, freePort());
        new BrokerFiles(folder, 1).write();
        Path portFile = folder.resolve("kafka/controller.port");
        int persisted = Integer.parseInt(Files.readString(portFile).strip());

        try (ServerSocket holder = new ServerSocket(persisted, 1, InetAddress.getLoopbackAddress())) {
            int nodes = whileRunning(
                    settings, admin -> admin.describeCluster().nodes().get().size());
            assertThat(nodes).isEqualTo(1);
            assertThat(Files.readString(portFile).strip()).isNotEqualTo(String.valueOf(holder.getLocalPort()));
        }
    }

    @Test
    void makesNoTopicThatNobodyAskedFor() throws Exception {
        Settings settings = settings(folder, freePort());

        Throwable refusal = whileRunning(settings, admin -> {
            Map<String, KafkaFuture<TopicDescription>> asked =
                    admin.describeTopics(List.of("market.qoutes")).topicNameValues();
            return assertThrows(
                            ExecutionException.class,
                            () -> asked.get("market.qoutes").get())
                    .getCause();
        });

        assertThat(refusal).isInstanceOf(UnknownTopicOrPartitionException.class);
    }

    private interface Question<T> {
        T ask(Admin admin) throws Exception;
    }

    private static <T> T whileRunning(Settings settings, Question<T> question) throws Exception {
        KafkaRaftServer server = KafkaMain.start(settings);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", settings.kafkaBootstrap()))) {
            return question.ask(admin);
        } finally {
            server.shutdown();
            server.awaitShutdown();
        }
    }

    private static Settings settings(Path home, int port) {
        return Settings.load(
                home.resolve("none.yaml"),
                Map.of("CANDLESTACK_HOME", home.toString(), "CANDLESTACK_KAFKA_PORT", String.valueOf(port)));
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }
}
