package candlestack.setup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import candlestack.config.Settings;
import candlestack.config.Topic;
import candlestack.local.services.ServiceTest;
import candlestack.local.services.TestService;
import candlestack.local.services.TestServices;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@ServiceTest
class KafkaSetupTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path home;

    @Test
    void makesEveryTopicOnceAndConfiguresItByItsKind() throws Exception {
        try (TestService kafka = TestServices.kafka(home);
                Admin admin = Admin.create(bootstrap(settings(kafka, "7d")))) {
            SetupSteps.kafka(settings(kafka, "7d")).run(PATIENCE);
            SetupSteps.kafka(settings(kafka, "2d")).run(PATIENCE);

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
            recordsComeBackWithTheBrokersTime(bootstrap(settings(kafka, "2d")));
            nothingIsWrittenToATopicThatNobodyMade(admin, bootstrap(settings(kafka, "2d")));
        }
    }

    /** In their order, with their headers; and one that is as large as a topic takes. */
    private static void recordsComeBackWithTheBrokersTime(Map<String, Object> bootstrap) throws Exception {
        Instant before = Instant.now();
        String large = "x".repeat(Topic.LARGEST_RECORD - 1_000);
        try (Producer<String, String> producer = producer(bootstrap, PATIENCE)) {
            ProducerRecord<String, String> first = new ProducerRecord<>("market.quotes", 0, 17L, "A", "1");
            first.headers().add("event-id", "a#1".getBytes(UTF_8));
            producer.send(first).get();
            producer.send(new ProducerRecord<>("market.quotes", 0, "A", large)).get();
        }
        List<ConsumerRecord<String, String>> found = read(bootstrap, new TopicPartition("market.quotes", 0), 2);

        assertThat(found).extracting(ConsumerRecord::value).containsExactly("1", large);
        assertThat(found.get(0).key()).isEqualTo("A");
        assertThat(found.get(0).headers().lastHeader("event-id").value())
                .asString(UTF_8)
                .isEqualTo("a#1");
        assertThat(found.get(0).timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
        assertThat(Instant.ofEpochMilli(found.get(0).timestamp()))
                .isBetween(before.minusSeconds(1), Instant.now().plusSeconds(1));
    }

    private static void nothingIsWrittenToATopicThatNobodyMade(Admin admin, Map<String, Object> bootstrap)
            throws Exception {
        try (Producer<String, String> producer = producer(bootstrap, Duration.ofSeconds(2))) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("nobody.made.it", "x"))
                            .get())
                    .hasMessageContaining("nobody.made.it");
        }
        assertThat(admin.listTopics().names().get()).doesNotContain("nobody.made.it");
    }

    private static Producer<String, String> producer(Map<String, Object> bootstrap, Duration patience) {
        Map<String, Object> configuration = new HashMap<>(bootstrap);
        configuration.put("max.request.size", Topic.LARGEST_RECORD);
        configuration.put("max.block.ms", patience.toMillis());
        return new KafkaProducer<>(configuration, new StringSerializer(), new StringSerializer());
    }

    private static List<ConsumerRecord<String, String>> read(
            Map<String, Object> bootstrap, TopicPartition partition, int count) {
        List<ConsumerRecord<String, String>> found = new ArrayList<>();
        try (Consumer<String, String> consumer =
                new KafkaConsumer<>(bootstrap, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            await().atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
                return found.size() >= count;
            });
        }
        return found;
    }

    @Test
    void aBrokerThatDoesNotAnswerIsNamedAfterTheDeadline() {
        SetupStep step = SetupSteps.kafka(TestServices.settings(home, Map.of("kafka.url", "127.0.0.1:1")));

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

    private Settings settings(TestService kafka, String retention) {
        return TestServices.settings(home, Map.of("kafka.partitions", "3", "kafka.retention", retention), kafka);
    }

    private static Map<String, Object> bootstrap(Settings settings) {
        return Map.of("bootstrap.servers", settings.kafkaBootstrap());
    }
}
