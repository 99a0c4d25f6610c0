package candlestack.ingest.runner;

import candlestack.config.Topic;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The way to Kafka for all sources: idempotent, acknowledged by all replicas, in order for each key. It keeps trying for
 * as long as it takes; what a source has on its way is bounded by its {@link Deliveries}. Thread-safe.
 */
final class Outbox implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 << 20;
    private static final int MOST_BYTES_A_SOURCE = 8 << 20;

    private final KafkaProducer<byte[], byte[]> producer;
    private volatile long share = MOST_BYTES_A_SOURCE;

    Outbox(String bootstrap) {
        producer = new KafkaProducer<>(
                Map.ofEntries(
                        Map.entry(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap),
                        Map.entry(ProducerConfig.CLIENT_ID_CONFIG, "candlestack-ingest"),
                        Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
                        Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
                        Map.entry(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4"),
                        Map.entry(ProducerConfig.LINGER_MS_CONFIG, 5),
                        Map.entry(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024),
                        Map.entry(ProducerConfig.BUFFER_MEMORY_CONFIG, (long) BUFFER_BYTES),
                        Map.entry(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.LARGEST_RECORD),
                        Map.entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000),
                        Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE),
                        Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, 60_000),
                        Map.entry(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Divides the room among so many sources: together they never fill the buffer. */
    void share(int sources) {
        share = Math.min(MOST_BYTES_A_SOURCE, BUFFER_BYTES * 3L / 4 / Math.max(1, sources));
    }

    /** How much one source may have on its way. */
    long share() {
        return share;
    }

    /** Queues a record; {@code callback} is called on the producer's thread, also if it fails at once. */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback is told how it ends
    void send(Message message, Callback callback) {
        producer.send(message.record(), callback);
    }

    /** Waits for what is on its way, no longer than {@code deadline}. */
    void close(Duration deadline) {
        producer.close(deadline);
    }

    @Override
    public void close() {
        close(Duration.ofSeconds(2));
    }
}
