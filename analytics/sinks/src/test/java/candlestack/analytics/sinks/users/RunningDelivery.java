package candlestack.analytics.sinks.users;

import static org.assertj.core.api.Assertions.assertThat;

import candlestack.analytics.sinks.delivery.Delivery;
import candlestack.analytics.sinks.delivery.DeliveryRunner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A delivery on a thread of its own, as the process runs it, between a fake Kafka and its real store. */
final class RunningDelivery implements AutoCloseable {
    private static final TopicPartition USERS = new TopicPartition("users.refined", 0);

    private final MockConsumer<byte[], byte[]> consumer = new WaitingConsumer();
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final DeliveryRunner runner;
    private final Thread thread;

    /** The delivery stays the caller's. */
    RunningDelivery(Delivery delivery) {
        runner = new DeliveryRunner(delivery, consumer, producer, new Random(1));
        thread = new Thread(runner, "test-" + delivery.name());
        consumer.schedulePollTask(() -> {
            consumer.updateBeginningOffsets(Map.of(USERS, 0L));
            consumer.rebalance(List.of(USERS));
        });
        thread.start();
    }

    /** Of the topic of users. */
    void send(ConsumerRecord<byte[], byte[]> user) {
        consumer.schedulePollTask(() -> consumer.addRecord(user));
    }

    /** The offset of the next record; empty before the first is stored. */
    Optional<Long> committed() {
        return Optional.ofNullable(consumer.committed(Set.of(USERS)).get(USERS)).map(offset -> offset.offset());
    }

    boolean waitsForItsStore() {
        return runner.metrics().problem().isPresent();
    }

    @Override
    public void close() {
        runner.stop();
        try {
            thread.join(60_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(thread.isAlive()).isFalse();
        assertThat(producer.history()).isEmpty();
    }

    /** Waits when there is nothing, as a real one does: the fake returns at once, and a loop of it takes a core. */
    private static final class WaitingConsumer extends MockConsumer<byte[], byte[]> {
        private static final Duration LONGEST = Duration.ofMillis(20);

        WaitingConsumer() {
            super("earliest");
        }

        /** The monitor is held while it looks, not while it waits: a test sends meanwhile. */
        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized")
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            ConsumerRecords<byte[], byte[]> polled = super.poll(timeout);
            if (polled.isEmpty()) {
                LockSupport.parkNanos(Math.min(timeout.toNanos(), LONGEST.toNanos()));
            }
            return polled;
        }
    }
}
