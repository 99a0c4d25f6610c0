package candlestack.analytics.sinks.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import candlestack.analytics.sinks.delivery.StoreException.Kind;
import candlestack.config.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryRunnerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final TopicPartition FIRST = new TopicPartition("market.bars", 0);
    private static final TopicPartition SECOND = new TopicPartition("market.bars", 1);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final ScriptedStore store = new ScriptedStore();
    private final DeliveryRunner runner = new DeliveryRunner(store, consumer, producer, new Random(1));
    private final Thread thread = new Thread(runner, "test-delivery");

    @AfterEach
    void stop() throws InterruptedException {
        runner.stop();
        store.answer.countDown();
        thread.join(PATIENCE.toMillis());
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void commitsWhatTheStoreHas() {
        start("a", "b");

        awaitCommitted(FIRST, 2);
        assertThat(store.rows).containsExactly("a", "b");
        assertThat(runner.metrics().written()).isEqualTo(2);
        assertThat(runner.metrics().delivered()).containsEntry(FIRST, 2L);
    }

    @Test
    void commitsNothingBeforeTheStoreHasAnswered() throws InterruptedException {
        store.hesitating = true;
        start("a");

        assertThat(store.asked.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(committed(FIRST)).isNull();
        store.answer.countDown();
        awaitCommitted(FIRST, 1);
    }

    @Test
    void triesAStoreThatIsAwayUntilItIsBackAndStaysInTheGroup() {
        store.failures.addAll(List.of(Kind.UNREACHABLE, Kind.BUSY, Kind.UNREACHABLE));
        start("a", "b");

        awaitCommitted(FIRST, 2);
        assertThat(store.rows).containsExactly("a", "b");
        assertThat(runner.metrics().retries()).isEqualTo(3);
        assertThat(runner.metrics().problem()).isEmpty();
        assertThat(consumer.paused()).isEmpty();
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void findsTheRefusedRecordsByHalvingAndKeepsTheOrderOfTheOthers() {
        start("a", "poison-1", "b", "c", "poison-2", "d", "e");

        awaitCommitted(FIRST, 7);
        assertThat(store.rows).containsExactly("a", "b", "c", "d", "e");
        assertThat(letters())
                .containsExactly(
                        "origin=market.bars reason=Cannot store in scripted: the store says no raw=cG9pc29uLTE="
                                + " id=scripted/market.bars/0/1",
                        "origin=market.bars reason=Cannot store in scripted: the store says no raw=cG9pc29uLTI="
                                + " id=scripted/market.bars/0/4");
        assertThat(runner.metrics().failed()).isEqualTo(2);
    }

    @Test
    void aRecordThatCannotBeReadIsALetterOnceThoughTheBatchIsTriedTwice() {
        store.failures.add(Kind.BUSY);
        start("a", "unreadable", "b");

        awaitCommitted(FIRST, 3);
        assertThat(store.rows).containsExactly("a", "b");
        assertThat(letters())
                .containsExactly("origin=market.bars reason=Cannot store in scripted: not readable"
                        + " raw=dW5yZWFkYWJsZQ== id=scripted/market.bars/0/1");
    }

    @Test
    void aMistakeOfOursIsNobodysDeadLetter() {
        store.mistakes = 1;
        start("a");

        awaitCommitted(FIRST, 1);
        assertThat(store.rows).containsExactly("a");
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void leavesTheRecordsOfALostPartitionToItsNewOwner() {
        store.failuresUntilReleased = Kind.UNREACHABLE;
        start("a", "b");
        consumer.schedulePollTask(() -> {
            consumer.updateBeginningOffsets(Map.of(SECOND, 0L));
            consumer.rebalance(List.of(SECOND));
        });
        await().atMost(PATIENCE).until(() -> !runner.metrics().delivered().containsKey(FIRST));

        store.failuresUntilReleased = null;
        consumer.schedulePollTask(() -> consumer.addRecord(record(SECOND, 0, "c")));

        awaitCommitted(SECOND, 1);
        assertThat(store.rows).containsExactly("c");
        assertThat(committed(FIRST)).isNull();
    }

    @Test
    void deliversThePartitionThatWentAndCameBackWhileItPolled() {
        consumer.schedulePollTask(() -> {
            consumer.updateBeginningOffsets(Map.of(FIRST, 0L));
            consumer.rebalance(List.of(FIRST));
        });
        consumer.schedulePollTask(() -> {
            consumer.rebalance(List.of());
            consumer.rebalance(List.of(FIRST));
            consumer.addRecord(record(FIRST, 0, "a"));
        });
        thread.start();

        awaitCommitted(FIRST, 1);
        assertThat(store.rows).containsExactly("a");
    }

    @Test
    void stopsWhileItsStoreIsAwayAndCommitsNothing() throws InterruptedException {
        store.failuresUntilReleased = Kind.UNREACHABLE;
        start("a");
        await().atMost(PATIENCE).until(() -> runner.metrics().retries() > 1);

        runner.stop();
        thread.join(PATIENCE.toMillis());

        assertThat(thread.isAlive()).isFalse();
        assertThat(consumer.closed()).isTrue();
        assertThat(store.rows).isEmpty();
    }

    @Test
    void theLetterOfTheLargestRecordFitsIntoItsTopic() {
        start("poison" + "x".repeat(3_899_994));

        awaitCommitted(FIRST, 1);
        ProducerRecord<byte[], byte[]> letter = producer.history().get(0);
        assertThat(new String(letter.value(), StandardCharsets.UTF_8))
                .contains("\"reason\":\"Cannot store in scripted: the store says no"
                        + " (the first 2949120 of 3900000 bytes)\"");
        // With room for its key, its headers and what the producer adds.
        assertThat(letter.value().length).isBetween(3_900_000, Topic.LARGEST_RECORD - 200_000);
    }

    @Test
    void aBrokerThatIsAwayWhenItStopsIsNoMistake() throws InterruptedException {
        AtomicBoolean died = new AtomicBoolean();
        CountDownLatch triedAgain = new CountDownLatch(1);
        MockConsumer<byte[], byte[]> away = new MockConsumer<>("earliest") {
            @Override
            public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
                throw new WakeupException();
            }

            @Override
            public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
                triedAgain.countDown();
                throw new TimeoutException("no broker");
            }
        };
        give(away, "a");
        DeliveryRunner leaving = new DeliveryRunner(store, away, producer, new Random(1));
        Thread ended = new Thread(leaving, "test-stopping");
        ended.setUncaughtExceptionHandler((ignored, e) -> died.set(true));
        ended.start();
        assertThat(triedAgain.await(10, TimeUnit.SECONDS)).isTrue();
        leaving.stop();
        ended.join(PATIENCE.toMillis());

        assertThat(ended.isAlive()).isFalse();
        assertThat(store.rows).containsExactly("a");
        assertThat(died).isFalse();
    }

    @Test
    void anInterruptWhileItLeavesItsGroupIsNoMistake() throws InterruptedException {
        AtomicBoolean died = new AtomicBoolean();
        MockConsumer<byte[], byte[]> interrupted = new MockConsumer<>("earliest") {
            @Override
            public synchronized void close(CloseOptions options) {
                super.close(options);
                throw new InterruptException(new InterruptedException("stop"));
            }
        };
        DeliveryRunner leaving = new DeliveryRunner(store, interrupted, producer, new Random(1));
        Thread ended = new Thread(leaving, "test-leaving");
        ended.setUncaughtExceptionHandler((ignored, e) -> died.set(true));
        leaving.stop();
        ended.start();
        ended.join(PATIENCE.toMillis());

        assertThat(ended.isAlive()).isFalse();
        assertThat(interrupted.closed()).isTrue();
        assertThat(died).isFalse();
    }

    private void start(String... values) {
        give(consumer, values);
        thread.start();
    }

    private static void give(MockConsumer<byte[], byte[]> consumer, String... values) {
        consumer.schedulePollTask(() -> {
            consumer.updateBeginningOffsets(Map.of(FIRST, 0L));
            consumer.rebalance(List.of(FIRST));
            for (int offset = 0; offset < values.length; offset++) {
                consumer.addRecord(record(FIRST, offset, values[offset]));
            }
        });
    }

    private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset, String value) {
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                1_767_323_040_000L,
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                new byte[0],
                value.getBytes(StandardCharsets.UTF_8),
                new RecordHeaders(),
                Optional.empty());
    }

    private void awaitCommitted(TopicPartition partition, long offset) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(committed(partition)).isEqualTo(new OffsetAndMetadata(offset)));
    }

    private OffsetAndMetadata committed(TopicPartition partition) {
        return consumer.committed(Set.of(partition)).get(partition);
    }

    private List<String> letters() {
        List<String> letters = new ArrayList<>();
        producer.history().forEach(letter -> {
            String value = new String(letter.value(), StandardCharsets.UTF_8);
            letters.add(value.replaceAll(
                            "\\{\"origin\":\"(.*)\",\"reason\":\"(.*)\",\"time\":\"2026-01-02T03:04:00Z\",\"raw\":\"(.*)\"}",
                            "origin=$1 reason=$2 raw=$3")
                    + " id="
                    + new String(letter.headers().lastHeader("event-id").value(), StandardCharsets.UTF_8));
        });
        return letters;
    }

    /** Keeps what it is given, but for the failures that a test asks of it. */
    private static final class ScriptedStore implements Delivery {
        final List<String> rows = new CopyOnWriteArrayList<>();
        final List<Kind> failures = new CopyOnWriteArrayList<>();
        final CountDownLatch asked = new CountDownLatch(1);
        final CountDownLatch answer = new CountDownLatch(1);
        volatile Kind failuresUntilReleased;
        volatile boolean hesitating;
        volatile int mistakes;

        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public List<Topic> topics() {
            return List.of(Topic.MARKET_BARS);
        }

        @Override
        public int deliver(List<ConsumerRecord<byte[], byte[]>> records, Refusals refusals)
                throws StoreException, InterruptedException {
            asked.countDown();
            if (hesitating) {
                answer.await();
            }
            List<String> values = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> record : records) {
                String value = new String(record.value(), StandardCharsets.UTF_8);
                if (value.equals("unreadable")) {
                    refusals.add(record, "not readable");
                } else {
                    values.add(value);
                }
            }
            fail(values);
            rows.addAll(values);
            return values.size();
        }

        private void fail(List<String> values) throws StoreException {
            if (mistakes > 0) {
                mistakes = 0;
                throw new IllegalStateException("a mistake");
            }
            Kind kind = failures.isEmpty() ? failuresUntilReleased : failures.remove(0);
            if (kind != null) {
                throw new StoreException(kind, "the store is away", null);
            }
            if (values.stream().anyMatch(value -> value.startsWith("poison"))) {
                throw new StoreException(Kind.REFUSED, "the store says no", null);
            }
        }

        @Override
        public void close() {}
    }
}
