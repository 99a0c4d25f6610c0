package candlestack.setup;

import static java.util.Objects.requireNonNull;

import candlestack.config.Keys;
import candlestack.config.Settings;
import candlestack.config.Topic;
import candlestack.setup.Patience.NotYetException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the topics that are missing and gives all of them their configuration. Partitions of a topic never change. */
final class KafkaSetup implements SetupStep {
    private static final Logger log = LoggerFactory.getLogger(KafkaSetup.class);
    private static final Duration REQUEST = Duration.ofSeconds(30);
    private static final Duration PROBE = Duration.ofSeconds(2);

    private final Settings settings;

    KafkaSetup(Settings settings) {
        this.settings = requireNonNull(settings, "settings is null");
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public void run(Duration patience) throws InterruptedException {
        Properties properties = new Properties();
        properties.setProperty(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.kafkaBootstrap());
        properties.setProperty(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
        Admin admin = Admin.create(properties);
        try {
            Set<String> existing = Patience.await(
                    "Kafka at " + settings.kafkaBootstrap(),
                    patience,
                    () -> probed(admin.listTopics().names()));
            List<Topic> missing = missing(existing);
            create(admin, missing);
            awaitLeaders(admin, missing);
            configure(admin, existing);
        } finally {
            // A question that nobody answered is not waited for.
            admin.close(Duration.ZERO);
        }
    }

    private static List<Topic> missing(Set<String> existing) {
        return Arrays.stream(Topic.values())
                .filter(topic -> !existing.contains(topic.topicName()))
                .toList();
    }

    private void create(Admin admin, Collection<Topic> topics) throws InterruptedException {
        short replication = settings.get(Keys.KAFKA_REPLICATION).shortValue();
        Map<Topic, NewTopic> wanted = topics.stream()
                .collect(Collectors.toMap(
                        topic -> topic,
                        topic -> new NewTopic(topic.topicName(), partitions(topic), replication)
                                .configs(withReplicas(configuration(topic), replication))));
        Map<String, KafkaFuture<Void>> made =
                admin.createTopics(wanted.values()).values();
        for (Topic topic : topics) {
            try {
                answer("create topic '" + topic.topicName() + "'", made.get(topic.topicName()));
                log.info("Created topic {} with {} partitions", topic.topicName(), partitions(topic));
            } catch (SetupException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    /**
     * Asks each new partition something that only its leader answers. A producer that comes before the leader is at work
     * has its first batch refused and the next one taken, and the order of its records is lost.
     */
    private void awaitLeaders(Admin admin, Collection<Topic> topics) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = new LinkedHashMap<>();
        for (Topic topic : topics) {
            for (int partition = 0; partition < partitions(topic); partition++) {
                ends.put(new TopicPartition(topic.topicName(), partition), OffsetSpec.latest());
            }
        }
        ListOffsetsOptions patient = new ListOffsetsOptions().timeoutMs(Math.toIntExact(REQUEST.toMillis()));
        answer(
                "await the leaders of the new topics",
                admin.listOffsets(ends, patient).all());
    }

    /** Topics that see a few records a second need no parallel readers; devices keep one order, for the export. */
    private int partitions(Topic topic) {
        return switch (topic) {
            case MARKET_SIGNALS,
                    MARKET_INSTRUMENTS,
                    VOTES_CANDIDATES,
                    USERS_TALLIES,
                    DEVICES_EVENTS,
                    DEVICES_READINGS,
                    DEVICES_ERRORS,
                    DEVICES_LATEST,
                    PIPELINE_METRICS,
                    DEAD_LETTERS -> 1;
            case MARKET_QUOTES,
                    MARKET_BARS,
                    VOTES_VOTERS,
                    VOTES_CAST,
                    VOTES_COUNTED,
                    USERS_PROFILES,
                    USERS_REFINED,
                    SERIES_POINTS,
                    ANALYTICS_POINTS -> settings.get(Keys.KAFKA_PARTITIONS);
        };
    }

    private void configure(Admin admin, Set<String> existing) throws InterruptedException {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new LinkedHashMap<>();
        for (Topic topic : Topic.values()) {
            if (existing.contains(topic.topicName())) {
                changes.put(new ConfigResource(ConfigResource.Type.TOPIC, topic.topicName()), operations(topic));
            }
        }
        answer("configure the topics", admin.incrementalAlterConfigs(changes).all());
    }

    private List<AlterConfigOp> operations(Topic topic) {
        return configuration(topic).entrySet().stream()
                .map(entry -> new ConfigEntry(entry.getKey(), entry.getValue()))
                .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
                .toList();
    }

    private Map<String, String> configuration(Topic topic) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("message.timestamp.type", "LogAppendTime");
        values.put("max.message.bytes", Integer.toString(Topic.LARGEST_RECORD));
        switch (topic.kind()) {
            case STREAM -> {
                values.put("cleanup.policy", "delete");
                values.put("retention.ms", milliseconds(settings.get(Keys.KAFKA_RETENTION)));
            }
            case TABLE -> values.put("cleanup.policy", "compact");
            case PERSONAL -> {
                values.put("cleanup.policy", "compact,delete");
                values.put("retention.ms", milliseconds(settings.get(Keys.RETENTION)));
                // A tombstone has erased its person within a day: only closed segments are compacted.
                values.put("segment.ms", milliseconds(Duration.ofHours(1)));
                values.put("max.compaction.lag.ms", milliseconds(Duration.ofHours(12)));
            }
        }
        return values;
    }

    /** With three replicas one may be away, and still no acknowledged record is on one disk only. */
    private static Map<String, String> withReplicas(Map<String, String> values, short replication) {
        Map<String, String> all = new LinkedHashMap<>(values);
        all.put("min.insync.replicas", replication > 2 ? "2" : "1");
        return all;
    }

    private static String milliseconds(Duration duration) {
        return String.valueOf(duration.toMillis());
    }

    private static <T> T probed(KafkaFuture<T> future) throws NotYetException, InterruptedException {
        try {
            return future.get(PROBE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new NotYetException(new TimeoutException("no answer"));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException) {
                throw new NotYetException(e.getCause());
            }
            throw new SetupException("Cannot list the topics", e.getCause());
        }
    }

    private static void answer(String action, KafkaFuture<?> future) throws InterruptedException {
        try {
            future.get(REQUEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new SetupException("Cannot " + action + ": no answer within " + REQUEST.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw new SetupException("Cannot " + action, e.getCause());
        }
    }
}
