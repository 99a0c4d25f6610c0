package candlestack.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import candlestack.config.Topic;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What waits in the broker before anything reads it; by default quotes: a deterministic random walk, 100,000 a second of
 * event time.
 */
final class Backlog {
    private static final int QUOTES_PER_SECOND = 100_000;

    private Backlog() {}

    static void fill(String bootstrap, int quotes, int symbols) {
        long start = Instant.now().toEpochMilli() - quotes * 1000L / QUOTES_PER_SECOND;
        SplittableRandom random = new SplittableRandom(1);
        double[] prices = random.doubles(symbols, 10, 500).toArray();
        fill(bootstrap, quotes, number -> {
            int index = (int) (number % symbols);
            prices[index] *= 1 + (random.nextDouble() - 0.5) / 1000;
            long time = start + number * 1000L / QUOTES_PER_SECOND;
            return record(number, "S" + index, time, prices[index], random.nextInt(1, 1000));
        });
    }

    /** @param records asked for each number from 0, in order */
    static void fill(String bootstrap, long count, LongFunction<ProducerRecord<byte[], byte[]>> records) {
        Map<String, Object> options = Map.of(
                "bootstrap.servers", bootstrap,
                "acks", "all",
                "compression.type", "lz4",
                "linger.ms", "20",
                "batch.size", "262144");
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(options, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (long number = 0; number < count; number++) {
                Future<RecordMetadata> unused =
                        producer.send(records.apply(number), (metadata, error) -> failure.compareAndSet(null, error));
            }
        }
        if (failure.get() != null) {
            throw new IllegalStateException("Cannot fill the broker", failure.get());
        }
    }

    static ProducerRecord<byte[], byte[]> record(long number, String symbol, long time, double price, int size) {
        String value = "{\"symbol\":\"" + symbol + "\",\"time\":\"" + Instant.ofEpochMilli(time) + "\",\"price\":"
                + Math.round(price * 100) / 100.0 + ",\"size\":" + size + ",\"source\":\"bench\"}";
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(Topic.MARKET_QUOTES.topicName(), symbol.getBytes(UTF_8), value.getBytes(UTF_8));
        record.headers().add("source", "bench".getBytes(UTF_8));
        record.headers().add("event-id", ("bench#" + number).getBytes(UTF_8));
        return record;
    }
}
