package candlestack.bench;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.function.LongFunction;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A backlog of a stream beside the market, and how much of it is in the stores.
 *
 * @param stream as in {@code analytics.streams}
 * @param events how many there are
 * @param records the event of each number from 0
 * @param stores for each store the share of the events that it has, from 0 to 1
 */
record StreamLoad(
        String stream, long events, LongFunction<ProducerRecord<byte[], byte[]>> records, Map<String, Share> stores) {
    /** How much a store has. */
    @FunctionalInterface
    interface Share {
        double of(Stack stack) throws Exception;
    }

    StreamLoad {
        requireNonNull(stream, "stream is null");
        requireNonNull(records, "records is null");
        stores = Map.copyOf(stores);
    }
}
