package candlestack.local.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import candlestack.config.Settings;
import candlestack.config.Topic;
import candlestack.local.LauncherException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** Asks for erasure where users come from: the topic. Analytics and the sinks carry it to every store. */
public final class Tombstones {
    private final Settings settings;

    public Tombstones(Settings settings) {
        this.settings = settings;
    }

    /**
     * Returns when the broker has all of them.
     *
     * @param users ids, each the key of its records
     * @return where the last one is, as {@code topic-partition@offset}
     * @throws LauncherException if it cannot be reached
     */
    public String send(Collection<String> users) throws InterruptedException {
        Map<String, Object> properties = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.kafkaBootstrap(),
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                10_000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                5_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                20_000);
        try (Producer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (String user : users) {
                sent.add(producer.send(tombstone(user)));
            }
            String last = "";
            for (Future<RecordMetadata> record : sent) {
                RecordMetadata place = record.get();
                last = place.topic() + "-" + place.partition() + "@" + place.offset();
            }
            return last;
        } catch (ExecutionException e) {
            throw LauncherException.failed("Cannot write to Kafka at " + settings.kafkaBootstrap(), e.getCause());
        }
    }

    /** Each request has an id of its own: whoever came back may ask again. */
    private static ProducerRecord<String, String> tombstone(String user) {
        ProducerRecord<String, String> record = new ProducerRecord<>(Topic.USERS_PROFILES.topicName(), user, null);
        record.headers().add("source", "privacy".getBytes(UTF_8));
        record.headers().add("event-id", ("erasure/" + UUID.randomUUID()).getBytes(UTF_8));
        return record;
    }
}
