package candlestack.analytics.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import candlestack.config.Topic;
import candlestack.local.testbed.TestKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A broker with the product's topics, and short ways to write to them and to read them. */
final class TestBroker implements AutoCloseable {
    private static final int PARTITIONS = 2;

    private final TestKafka kafka;
    private final KafkaProducer<String, byte[]> producer;

    private TestBroker(TestKafka kafka) {
        this.kafka = kafka;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrap(), "linger.ms", "5"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    static TestBroker start(Path folder) {
        TestKafka kafka = TestKafka.start(folder);
        try {
            TestTopics.create(kafka.bootstrap(), PARTITIONS);
            return new TestBroker(kafka);
        } catch (RuntimeException e) {
            // A broker whose folder goes away while it runs ends the whole JVM.
            kafka.close();
            throw e;
        }
    }

    String bootstrap() {
        return kafka.bootstrap();
    }

    /** A record with the headers that ingest gives. */
    void send(Topic topic, String key, String eventId, String value) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(topic.topicName(), key, value == null ? null : value.getBytes(UTF_8));
        record.headers().add("source", "test".getBytes(UTF_8)).add("event-id", eventId.getBytes(UTF_8));
        var unused = producer.send(record);
    }

    /** @param eventId null for a record without headers */
    void quote(String key, String eventId, byte[] value) {
        ProducerRecord<String, byte[]> quote = new ProducerRecord<>(Topic.MARKET_QUOTES.topicName(), key, value);
        if (eventId != null) {
            quote.headers().add("source", "test".getBytes(UTF_8)).add("event-id", eventId.getBytes(UTF_8));
        }
        var unused = producer.send(quote);
    }

    void flush() {
        producer.flush();
    }

    /** All that the topic holds now. */
    List<ConsumerRecord<String, byte[]>> records(Topic topic) {
        List<TopicPartition> partitions = partitions(topic);
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrap()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(next -> consumer.position(next) < ends.get(next))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    /** Lets all records of the quotes age out of Kafka but the last {@code left} of each partition. */
    void ageOut(int left) throws ExecutionException, InterruptedException {
        List<TopicPartition> partitions = partitions(Topic.MARKET_QUOTES);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()));
                KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", kafka.bootstrap()),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            for (Map.Entry<TopicPartition, Long> end :
                    consumer.endOffsets(partitions).entrySet()) {
                RecordsToDelete before = RecordsToDelete.beforeOffset(Math.max(0, end.getValue() - left));
                admin.deleteRecords(Map.of(end.getKey(), before)).all().get();
            }
        }
    }

    private static List<TopicPartition> partitions(Topic topic) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (int i = 0; i < PARTITIONS; i++) {
            partitions.add(new TopicPartition(topic.topicName(), i));
        }
        return partitions;
    }

    @Override
    public void close() {
        producer.close();
        kafka.close();
    }
}
