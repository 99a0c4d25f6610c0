package candlestack.bench;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.LongFunction;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A backlog of a stream beside the market, and how much of it is in the stores.
 *
 * @param stream as in {@code analytics.streams}
 * @param events how many there are
 * @param records the event of each number from 0
 * @param stores where they go, what is cheap to ask first
 */
record StreamLoad(
        String stream, long events, LongFunction<ProducerRecord<byte[], byte[]>> records, List<Store> stores) {
    /** How much a store has: a share of the events, from 0 to 1. */
    record Store(String name, Share share) {
        Store {
            requireNonNull(name, "name is null");
            requireNonNull(share, "share is null");
        }
    }

    /** Asks a store. */
    @FunctionalInterface
    interface Share {
        double of(Stack stack) throws Exception;
    }

    StreamLoad {
        requireNonNull(stream, "stream is null");
        requireNonNull(records, "records is null");
        stores = List.copyOf(stores);
    }
}
