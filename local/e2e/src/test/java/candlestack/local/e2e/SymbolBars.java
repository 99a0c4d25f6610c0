package candlestack.local.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The newest version of every bar in {@code market.bars}, from where it begins to read. One thread. */
final class SymbolBars implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<String, JsonNode> bars = new TreeMap<>();

    private SymbolBars(String bootstrap) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "default.api.timeout.ms", "120000"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor("market.bars").stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
    }

    static SymbolBars fromTheStart(String bootstrap) {
        SymbolBars bars = new SymbolBars(bootstrap);
        bars.consumer.seekToBeginning(bars.consumer.assignment());
        return bars;
    }

    static SymbolBars fromNow(String bootstrap) {
        SymbolBars bars = new SymbolBars(bootstrap);
        bars.consumer.seekToEnd(bars.consumer.assignment());
        // Sought now, not with the first poll.
        bars.consumer.assignment().forEach(bars.consumer::position);
        return bars;
    }

    /** Reads what has come. @return itself */
    SymbolBars read() {
        for (ConsumerRecord<String, byte[]> next : consumer.poll(Duration.ofMillis(200))) {
            try {
                ObjectNode bar = (ObjectNode) JSON.readTree(next.value());
                // Whether the clock has closed it yet is no matter of the quotes.
                bar.remove("closed");
                bars.put(new String(next.headers().lastHeader("event-id").value(), UTF_8), bar);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot read a bar", e);
            }
        }
        return this;
    }

    Map<String, JsonNode> all() {
        return bars;
    }

    /** The trades in all bars of an interval, by interval: every trade is in one bar of each. */
    Map<String, Long> trades() {
        return bars.values().stream()
                .collect(Collectors.groupingBy(
                        bar -> bar.path("interval").asText(),
                        Collectors.summingLong(bar -> bar.path("trades").asLong())));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
