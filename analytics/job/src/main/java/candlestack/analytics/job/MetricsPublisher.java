package candlestack.analytics.job;

import candlestack.config.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends measurements to {@code pipeline.metrics}. One that is lost is only a gap in a chart: nobody waits for it. */
final class MetricsPublisher implements AutoCloseable {
    private final Producer<String, byte[]> producer;

    MetricsPublisher(String bootstrap) {
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                        ProducerConfig.CLIENT_ID_CONFIG, "analytics-metrics",
                        ProducerConfig.MAX_BLOCK_MS_CONFIG, "100",
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "10000",
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000",
                        ProducerConfig.BUFFER_MEMORY_CONFIG, "1048576"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    void publish(String name, String eventId, byte[] json) {
        ProducerRecord<String, byte[]> metric = new ProducerRecord<>(Topic.PIPELINE_METRICS.topicName(), name, json);
        metric.headers()
                .add(IncomingRecord.SOURCE, "analytics".getBytes(StandardCharsets.UTF_8))
                .add(IncomingRecord.EVENT_ID, eventId.getBytes(StandardCharsets.UTF_8));
        var unused = producer.send(metric);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
