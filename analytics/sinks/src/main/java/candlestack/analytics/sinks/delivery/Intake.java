package candlestack.analytics.sinks.delivery;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * Makes batches of what a consumer polls, and bounds them by their bytes. Kafka bounds the compressed bytes of a fetch
 * and the number of records of a poll; but a few kilobytes of a fetch may be megabytes here, and all deliveries share
 * one heap. For the consumer's thread.
 */
final class Intake {
    /** Of keys, values and headers. Of usual records it is more than ten thousand: a store likes few large writes. */
    static final int MOST_BYTES = 4 << 20;

    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Function<Duration, ConsumerRecords<byte[], byte[]>> poll;
    /** Polled, and in no batch yet. */
    private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();

    private List<ConsumerRecord<byte[], byte[]>> gathered = new ArrayList<>();
    private long bytes;

    /**
     * Records to be delivered at once, those of a partition in its order.
     *
     * @param offsets to be committed once they are delivered
     */
    record Batch(List<ConsumerRecord<byte[], byte[]>> records, Map<TopicPartition, OffsetAndMetadata> offsets) {
        Batch {
            requireNonNull(records, "records is null");
            offsets = Map.copyOf(offsets);
        }
    }

    /** @param poll polls the consumer, waiting that long for the first record */
    Intake(Function<Duration, ConsumerRecords<byte[], byte[]>> poll) {
        this.poll = requireNonNull(poll, "poll is null");
    }

    /**
     * Waits for a record, and goes on for as long as more are there at once.
     *
     * @return what has at most {@link #MOST_BYTES}, or one record; nothing if none came in half a second
     */
    Batch next() {
        boolean isFull = take();
        while (!isFull && poll()) {
            isFull = take();
        }
        List<ConsumerRecord<byte[], byte[]>> records = gathered;
        gathered = new ArrayList<>();
        bytes = 0;
        return new Batch(records, offsetsAfter(records));
    }

    private boolean poll() {
        poll.apply(gathered.isEmpty() ? PATIENCE : Duration.ZERO).forEach(waiting::add);
        return !waiting.isEmpty();
    }

    /** @return whether something is left that the batch has no room for */
    private boolean take() {
        while (!waiting.isEmpty()) {
            long more = bytes(waiting.element());
            if (bytes + more > MOST_BYTES && !gathered.isEmpty()) {
                return true;
            }
            gathered.add(waiting.remove());
            bytes += more;
        }
        return false;
    }

    private static long bytes(ConsumerRecord<byte[], byte[]> record) {
        long bytes = length(record.key()) + length(record.value());
        for (Header header : record.headers()) {
            bytes += length(header.value());
        }
        return bytes;
    }

    private static long length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static Map<TopicPartition, OffsetAndMetadata> offsetsAfter(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (int i = 0; i < records.size(); i++) {
            ConsumerRecord<byte[], byte[]> record = records.get(i);
            // Records come partition by partition: the last of each run tells.
            if (i + 1 == records.size() || !isOfOnePartition(record, records.get(i + 1))) {
                offsets.put(partition(record), new OffsetAndMetadata(record.offset() + 1, record.leaderEpoch(), ""));
            }
        }
        return offsets;
    }

    private static boolean isOfOnePartition(ConsumerRecord<?, ?> one, ConsumerRecord<?, ?> other) {
        return one.partition() == other.partition() && one.topic().equals(other.topic());
    }

    /**
     * Leaves to others what they read from now on. To be called when the partitions go, which is within a poll: should
     * they come back in the same one, their records come again.
     */
    void forget(Collection<TopicPartition> partitions) {
        Predicate<ConsumerRecord<?, ?>> isGone = record -> partitions.contains(partition(record));
        waiting.removeIf(isGone);
        if (gathered.removeIf(isGone)) {
            bytes = gathered.stream().mapToLong(Intake::bytes).sum();
        }
    }

    static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }
}
