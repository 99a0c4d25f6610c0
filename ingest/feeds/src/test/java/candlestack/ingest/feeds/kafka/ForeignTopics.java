package candlestack.ingest.feeds.kafka;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.StringSerializer;

/** Topics that others write. */
final class ForeignTopics implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final String bootstrap;
    private final Admin admin;
    private final Producer<String, String> producer;

    /** How a transaction ends. */
    enum End {
        COMMIT,
        ABORT
    }

    ForeignTopics(String bootstrap) {
        this.bootstrap = bootstrap;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
        this.producer = producer(Map.of("bootstrap.servers", bootstrap, "metadata.max.age.ms", "500"));
    }

    private static Producer<String, String> producer(Map<String, Object> properties) {
        return new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
    }

    Uuid create(String topic, int partitions) throws Exception {
        return admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                .topicId(topic)
                .get();
    }

    /** Returns when the topic is gone. */
    void delete(String topic) throws Exception {
        admin.deleteTopics(List.of(topic)).all().get();
        await().atMost(SOON).until(() -> !admin.listTopics().names().get().contains(topic));
    }

    /** Returns when the partitions can be written. */
    void grow(String topic, int partitions) throws Exception {
        admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                .all()
                .get();
        await().atMost(SOON)
                .until(() -> admin.describeTopics(List.of(topic))
                                .allTopicNames()
                                .get()
                                .get(topic)
                                .partitions()
                                .size()
                        == partitions);
    }

    void deleteBefore(String topic, int partition, long offset) throws Exception {
        admin.deleteRecords(Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(offset)))
                .all()
                .get();
    }

    void send(String topic, int partition, Instant time, String key, String value) throws Exception {
        send(topic, partition, time, key, value, Map.of());
    }

    void send(String topic, int partition, Instant time, String key, String value, Map<String, String> headers)
            throws ExecutionException, InterruptedException {
        ProducerRecord<String, String> record = new ProducerRecord<>(topic, partition, time.toEpochMilli(), key, value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        producer.send(record).get();
    }

    void sendInTransaction(String topic, String value, End end) throws Exception {
        try (Producer<String, String> transactional =
                producer(Map.of("bootstrap.servers", bootstrap, "transactional.id", "foreign"))) {
            transactional.initTransactions();
            transactional.beginTransaction();
            transactional.send(new ProducerRecord<>(topic, value)).get();
            if (end == End.COMMIT) {
                transactional.commitTransaction();
            } else {
                transactional.abortTransaction();
            }
        }
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
