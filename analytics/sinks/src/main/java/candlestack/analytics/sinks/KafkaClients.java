package candlestack.analytics.sinks;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.sinks.delivery.Delivery;
import candlestack.config.Settings;
import candlestack.config.Topic;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka's clients with what the sinks ask of them. Whoever gets one closes it. */
final class KafkaClients {
    /** Compressed. Kafka decompresses no more of them than the records of a poll. */
    private static final int PARTITION_BYTES = 2 << 20;

    private static final int GATHERED_BYTES = 1 << 20;

    /**
     * A poll holds that many records whatever their size, of the largest ones a third of the heap for a moment. Such
     * polls and batches cost the sinks about a sixth more CPU for a quote than tens of thousands at once.
     */
    private static final int POLLED_RECORDS = 16;

    private final Settings settings;

    /** Reads the headers along with the value: one that was not read holds the whole record a second time. */
    private static final class WholeRecord extends ByteArrayDeserializer {
        private static final int LARGE = 1 << 16;

        @Override
        public byte[] deserialize(String topic, Headers headers, ByteBuffer value) {
            if (value.remaining() > LARGE) {
                for (Header header : headers) {
                    var unusedKey = header.key();
                    var unusedValue = header.value();
                }
            }
            return super.deserialize(topic, headers, value);
        }
    }

    KafkaClients(Settings settings) {
        this.settings = requireNonNull(settings, "settings is null");
    }

    /** From the earliest record where the group has no offset; never commits by itself. */
    Consumer<byte[], byte[]> consumer(Delivery delivery) {
        Map<String, Object> properties = common();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, "sinks-" + delivery.name());
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "sinks-" + delivery.name());
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLLED_RECORDS);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_BYTES);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 2 * PARTITION_BYTES);
        properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, GATHERED_BYTES);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int)
                delivery.gathering().toMillis());
        // Known by name, a process that was killed gets its partitions back at once, and a forgotten twin is shut out.
        properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, "sinks-" + delivery.name() + "-" + instance());
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new WholeRecord());
    }

    Producer<byte[], byte[]> producer() {
        Map<String, Object> properties = common();
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, "sinks");
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        // Small: dead letters and one report a second.
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 8L << 20);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.LARGEST_RECORD);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    Admin admin() {
        Map<String, Object> properties = common();
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, "sinks-status");
        properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        properties.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        return Admin.create(properties);
    }

    /** One process runs on a machine's home. */
    private String instance() {
        return host() + "-" + Integer.toHexString(settings.home().toString().hashCode());
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "local";
        }
    }

    private Map<String, Object> common() {
        Map<String, Object> properties = new HashMap<>();
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.kafkaBootstrap());
        // A topic that is made later is noticed in this time.
        properties.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, 10_000L);
        properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000L);
        return properties;
    }
}
