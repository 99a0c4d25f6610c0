package candlestack.analytics.sinks.delivery;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.TopicPartition;

/** What a delivery has done since its process started. Written by the delivery's thread, read by any. */
public final class DeliveryMetrics {
    private final LongAdder written = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final AtomicLong slowestMillis = new AtomicLong(-1);
    private volatile Optional<String> problem = Optional.empty();
    private volatile Map<TopicPartition, Long> delivered = Map.of();

    /** Rows stored. */
    public long written() {
        return written.sum();
    }

    /** Batches tried again. */
    public long retries() {
        return retries.sum();
    }

    /** Records that became dead letters. */
    public long failed() {
        return failed.sum();
    }

    /**
     * Milliseconds from the broker's stamp to the store's answer, of the record that waited longest since this was
     * last asked; empty if nothing was stored in that time.
     */
    public OptionalLong takeSlowestMillis() {
        long slowest = slowestMillis.getAndSet(-1);
        return slowest < 0 ? OptionalLong.empty() : OptionalLong.of(slowest);
    }

    /** Why the store takes nothing now; empty while it does. */
    public Optional<String> problem() {
        return problem;
    }

    /** Of each partition this process reads, the offset up to which its records are stored. */
    public Map<TopicPartition, Long> delivered() {
        return delivered;
    }

    void stored(int rows, long waitedMillis) {
        written.add(rows);
        slowestMillis.accumulateAndGet(Math.max(0, waitedMillis), Math::max);
    }

    void retried(String why) {
        retries.increment();
        problem = Optional.of(why);
    }

    void recovered() {
        problem = Optional.empty();
    }

    void refused(int records) {
        failed.add(records);
    }

    void moved(Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, Long> moved = new HashMap<>(delivered);
        moved.putAll(offsets);
        delivered = Map.copyOf(moved);
    }

    void left(Iterable<TopicPartition> partitions) {
        Map<TopicPartition, Long> kept = new HashMap<>(delivered);
        partitions.forEach(kept::remove);
        delivered = Map.copyOf(kept);
    }
}
