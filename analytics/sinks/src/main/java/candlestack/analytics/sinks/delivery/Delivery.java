package candlestack.analytics.sinks.delivery;

import candlestack.config.Topic;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * How the records of some topics become rows of one store.
 *
 * <p>One thread calls {@link #deliver}. Records come again after a crash, and in the order of their partition, so rows
 * are upserts by a key that the event itself gives, and of two records with one key the later one counts.
 */
public interface Delivery extends AutoCloseable {
    /** The store, as in metrics and messages; unique, and the name of the consumer group. */
    String name();

    List<Topic> topics();

    /** How long the broker may gather records for the next batch: a store likes few large writes. */
    default Duration gathering() {
        return Duration.ofMillis(50);
    }

    /**
     * Stores what the records say, all of it or as much as the store took before it failed. What cannot be read at all
     * is added to {@code refusals} and the rest stored.
     *
     * @return rows the store was given, after older versions of the same row were left out
     * @throws StoreException saying whether it may work later, or never for at least one of the records
     * @throws InterruptedException when the process stops
     */
    int deliver(List<ConsumerRecord<byte[], byte[]>> records, Refusals refusals)
            throws StoreException, InterruptedException;

    /** Lets go of the store, also while {@link #deliver} waits for it on another thread, which then fails. */
    @Override
    void close();
}
