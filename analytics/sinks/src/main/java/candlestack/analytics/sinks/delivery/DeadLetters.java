package candlestack.analytics.sinks.delivery;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.sinks.delivery.Refusals.Refusal;
import candlestack.config.LetterContent;
import candlestack.config.Topic;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Sends what a store refused to {@code dead.letters}. The same refusal gives the same letter, under the same id. */
final class DeadLetters {
    private static final JsonMapper JSON = new JsonMapper();

    private final String sink;
    private final Producer<byte[], byte[]> producer;

    DeadLetters(String sink, Producer<byte[], byte[]> producer) {
        this.sink = requireNonNull(sink, "sink is null");
        this.producer = requireNonNull(producer, "producer is null");
    }

    /** Returns when the broker has all of them. */
    void send(List<Refusal> refusals) throws StoreException, InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (Refusal refusal : refusals) {
            sent.add(producer.send(letter(refusal)));
        }
        for (Future<RecordMetadata> letter : sent) {
            try {
                letter.get();
            } catch (ExecutionException e) {
                throw new StoreException(
                        StoreException.Kind.UNREACHABLE,
                        "Cannot send a dead letter: " + e.getCause().getMessage(),
                        e.getCause());
            }
        }
    }

    private ProducerRecord<byte[], byte[]> letter(Refusal refusal) {
        ConsumerRecord<byte[], byte[]> refused = refusal.record();
        LetterContent content = LetterContent.of(
                "Cannot store in " + sink + ": " + refusal.reason(),
                refused.value() == null ? new byte[0] : refused.value());
        ObjectNode value = JSON.createObjectNode()
                .put("origin", refused.topic())
                .put("reason", content.reason())
                // The broker's stamp: the clock would give the same refusal another time when it is repeated.
                .put("time", Instant.ofEpochMilli(refused.timestamp()).toString())
                .put("raw", content.raw());
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(Topic.DEAD_LETTERS.topicName(), utf8(refused.topic()), utf8(value.toString()));
        letter.headers()
                .add("source", utf8("sinks"))
                .add(
                        "event-id",
                        utf8(sink + "/" + refused.topic() + "/" + refused.partition() + "/" + refused.offset()));
        return letter;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
