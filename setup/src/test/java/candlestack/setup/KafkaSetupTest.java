package candlestack.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import candlestack.config.Settings;
import candlestack.config.Topic;
import candlestack.local.testbed.TestKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSetupTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path home;

    @Test
    void makesEveryTopicOnceAndConfiguresItByItsKind() throws Exception {
        try (TestKafka kafka = TestKafka.start(home.resolve("kafka"));
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()))) {
            Settings settings = settings(kafka.bootstrap(), "7d");
            SetupSteps.kafka(settings).run(PATIENCE);
            SetupSteps.kafka(settings(kafka.bootstrap(), "2d")).run(PATIENCE);

            assertThat(partitions(admin))
                    .isEqualTo(Map.ofEntries(
                            Map.entry("market.quotes", 3),
                            Map.entry("market.bars", 3),
                            Map.entry("market.signals", 1),
                            Map.entry("market.instruments", 1),
                            Map.entry("votes.candidates", 1),
                            Map.entry("votes.voters", 3),
                            Map.entry("votes.cast", 3),
                            Map.entry("users.profiles", 3),
                            Map.entry("devices.events", 1),
                            Map.entry("series.points", 3),
                            Map.entry("votes.counted", 3),
                            Map.entry("users.refined", 3),
                            Map.entry("users.tallies", 1),
                            Map.entry("devices.readings", 1),
                            Map.entry("devices.errors", 1),
                            Map.entry("devices.latest", 1),
                            Map.entry("analytics.points", 3),
                            Map.entry("pipeline.metrics", 1),
                            Map.entry("dead.letters", 1)));
            assertThat(value(admin, Topic.MARKET_QUOTES, "message.timestamp.type"))
                    .isEqualTo("LogAppendTime");
            assertThat(value(admin, Topic.MARKET_QUOTES, "cleanup.policy")).isEqualTo("delete");
            await().untilAsserted(() -> assertThat(value(admin, Topic.MARKET_QUOTES, "retention.ms"))
                    .isEqualTo("172800000"));
            assertThat(value(admin, Topic.MARKET_INSTRUMENTS, "cleanup.policy")).isEqualTo("compact");
            assertThat(value(admin, Topic.USERS_PROFILES, "cleanup.policy")).isEqualTo("compact,delete");
            assertThat(value(admin, Topic.USERS_PROFILES, "retention.ms")).isEqualTo("31536000000");
        }
    }

    @Test
    void aBrokerThatDoesNotAnswerIsNamedAfterTheDeadline() {
        SetupStep step = SetupSteps.kafka(settings("127.0.0.1:1", "7d"));

        assertThatThrownBy(() -> step.run(Duration.ofMillis(300)))
                .isInstanceOf(SetupException.class)
                .hasMessageStartingWith("Cannot reach Kafka at 127.0.0.1:1 within 0 s");
    }

    private static Map<String, Integer> partitions(Admin admin) throws ExecutionException, InterruptedException {
        return admin.describeTopics(Topic.names()).allTopicNames().get().values().stream()
                .collect(Collectors.toMap(
                        topic -> topic.name(), topic -> topic.partitions().size()));
    }

    private static String value(Admin admin, Topic topic, String key) throws ExecutionException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName());
        Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
        return config.get(key).value();
    }

    private Settings settings(String bootstrap, String retention) {
        return Settings.load(
                home.resolve("none.yaml"),
                Map.of(),
                Map.of(
                        "home",
                        home.toString(),
                        "kafka.url",
                        bootstrap,
                        "kafka.partitions",
                        "3",
                        "kafka.retention",
                        retention));
    }
}
