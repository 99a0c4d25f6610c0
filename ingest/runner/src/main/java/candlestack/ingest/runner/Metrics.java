package candlestack.ingest.runner;

import candlestack.config.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Each source's counters in the topic {@code pipeline.metrics}. They have a producer of their own that waits for nothing:
 * a measurement of the past second is worth no delay, and a lost one is made good by the next, since counters only grow.
 * The host's thread.
 */
final class Metrics implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final JsonBuffer json = new JsonBuffer();
    private final Ingest.Setting setting;
    private final Roster roster;
    private final String stream;
    private final AtomicLong sequence = new AtomicLong();

    Metrics(Ingest.Setting setting, Roster roster) {
        this.setting = setting;
        this.roster = roster;
        this.stream = "ingest@" + Times.text(setting.clock().instant());
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        setting.bootstrap(),
                        ProducerConfig.CLIENT_ID_CONFIG,
                        "candlestack-ingest-metrics",
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        1L << 20,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        3_000,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        5_000,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        500),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    void send(StatusFile.Kafka kafka) {
        if (kafka == StatusFile.Kafka.CONNECTED) {
            roster.all().stream()
                    .filter(source -> source.positions().isPresent())
                    .forEach(this::send);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a lost measurement is made good by the next
    private void send(HostedSource source) {
        byte[] value = json.object(out -> {
            out.writeStringField("measurement", "source");
            out.writeStringField("name", source.name());
            out.writeStringField("time", Times.text(setting.clock().instant()));
            out.writeObjectFieldStart("fields");
            out.writeNumberField("published", source.status().published());
            out.writeNumberField("rejected", source.status().rejected());
            out.writeNumberField("lag", lag(source));
            out.writeEndObject();
        });
        byte[] name = source.name().getBytes(StandardCharsets.UTF_8);
        String id = stream + "#" + sequence.getAndIncrement();
        producer.send(new Message(Topic.PIPELINE_METRICS.topicName(), source.name(), value, name, id).record());
    }

    /** Events known to wait: at the source, and on their way to Kafka. */
    static long lag(HostedSource source) {
        long inFlight = source.positions()
                .map(positions -> positions.deliveries().inFlight())
                .orElse(0L);
        return source.status().backlog() + inFlight;
    }

    @Override
    public void close() {
        producer.close(Duration.ofMillis(500));
    }
}
