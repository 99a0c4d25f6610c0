package candlestack.analytics.sinks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import candlestack.analytics.sinks.delivery.Intake.Batch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private static final int MEBIBYTE = 1 << 20;
    private static final TopicPartition FIRST = new TopicPartition("market.bars", 0);
    private static final TopicPartition SECOND = new TopicPartition("market.bars", 1);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final List<Duration> waits = new ArrayList<>();
    private final Intake intake = new Intake(this::poll);

    private ConsumerRecords<byte[], byte[]> poll(Duration wait) {
        waits.add(wait);
        return consumer.poll(wait);
    }

    @BeforeEach
    void subscribe() {
        consumer.subscribe(List.of("market.bars"), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                intake.forget(partitions);
            }
        });
        consumer.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
        consumer.setMaxPollRecords(2);
    }

    @Test
    void gathersWhatIsThereFromSeveralPolls() {
        consumer.schedulePollTask(() -> assign(FIRST, SECOND));
        consumer.schedulePollTask(() -> {
            give(FIRST, 0, 10, 10, 10);
            give(SECOND, 7, 10, 10);
        });

        assertThat(intake.next().records()).isEmpty();
        Batch batch = intake.next();

        assertThat(places(batch)).containsExactlyInAnyOrder("0/0", "0/1", "0/2", "1/7", "1/8");
        assertThat(batch.offsets())
                .isEqualTo(Map.of(FIRST, new OffsetAndMetadata(3), SECOND, new OffsetAndMetadata(9)));
        // It waits for the first record, and for no other.
        Duration patience = Duration.ofMillis(500);
        assertThat(waits).containsExactly(patience, patience, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    @Test
    void endsABatchBeforeItsBytesAreTooMany() {
        consumer.schedulePollTask(() -> {
            assign(FIRST);
            give(FIRST, 0, 2 * MEBIBYTE, MEBIBYTE, MEBIBYTE + 1, 1, MEBIBYTE);
        });

        assertThat(places(intake.next())).containsExactly("0/0", "0/1");
        assertThat(places(intake.next())).containsExactly("0/2", "0/3", "0/4");
    }

    @Test
    void commitsNoMoreThanTheBatchHas() {
        consumer.schedulePollTask(() -> {
            assign(FIRST);
            give(FIRST, 0, 3 * MEBIBYTE, 3 * MEBIBYTE);
        });

        assertThat(intake.next().offsets()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(1)));
        assertThat(intake.next().offsets()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(2)));
    }

    @Test
    void aRecordThatIsTooLargeForABatchIsOneByItself() {
        consumer.schedulePollTask(() -> {
            assign(FIRST);
            give(FIRST, 0, 1, 5 * MEBIBYTE, 5 * MEBIBYTE, 1);
        });

        assertThat(places(intake.next())).containsExactly("0/0");
        assertThat(places(intake.next())).containsExactly("0/1");
        assertThat(places(intake.next())).containsExactly("0/2");
        assertThat(places(intake.next())).containsExactly("0/3");
    }

    @Test
    void countsKeysAndHeadersToo() {
        Headers headers =
                new RecordHeaders().add("event-id", new byte[3 * MEBIBYTE]).add("nothing", null);
        consumer.schedulePollTask(() -> {
            assign(FIRST);
            consumer.addRecord(record(FIRST, 0, new byte[3 * MEBIBYTE], null, new RecordHeaders()));
            consumer.addRecord(record(FIRST, 1, null, new byte[0], headers));
        });

        assertThat(places(intake.next())).containsExactly("0/0");
        assertThat(places(intake.next())).containsExactly("0/1");
    }

    @Test
    void leavesOutThePartitionsThatAreLostWhileItGathers() {
        consumer.schedulePollTask(() -> {
            assign(FIRST, SECOND);
            give(FIRST, 0, 10, 10);
        });
        consumer.schedulePollTask(() -> {
            assign(SECOND);
            give(SECOND, 0, 3 * MEBIBYTE);
        });

        Batch batch = intake.next();

        assertThat(places(batch)).containsExactly("1/0");
        assertThat(batch.offsets()).isEqualTo(Map.of(SECOND, new OffsetAndMetadata(1)));
    }

    @Test
    void takesThemAgainWhenTheyComeBackInTheSamePoll() {
        consumer.schedulePollTask(() -> {
            assign(FIRST);
            give(FIRST, 0, 3 * MEBIBYTE);
        });
        consumer.schedulePollTask(() -> {
            assign();
            assign(FIRST);
            give(FIRST, 0, 3 * MEBIBYTE, 10);
        });

        Batch batch = intake.next();

        assertThat(places(batch)).containsExactly("0/0", "0/1");
        assertThat(batch.offsets()).isEqualTo(Map.of(FIRST, new OffsetAndMetadata(2)));
    }

    @Test
    void leavesOutOfTheNextBatchWhatWasLostAfterItWasPolled() {
        consumer.schedulePollTask(() -> {
            assign(FIRST, SECOND);
            give(FIRST, 0, 3 * MEBIBYTE, 3 * MEBIBYTE);
        });
        Batch batch = intake.next();

        intake.forget(List.of(FIRST));

        assertThat(places(batch)).containsExactly("0/0");
        assertThat(intake.next().records()).isEmpty();
    }

    private void assign(TopicPartition... partitions) {
        consumer.rebalance(List.of(partitions));
    }

    /** @param sizes of the values, in bytes */
    private void give(TopicPartition partition, long offset, int... sizes) {
        for (int i = 0; i < sizes.length; i++) {
            consumer.addRecord(record(partition, offset + i, null, new byte[sizes[i]], new RecordHeaders()));
        }
    }

    private static ConsumerRecord<byte[], byte[]> record(
            TopicPartition partition, long offset, byte[] key, byte[] value, Headers headers) {
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                0,
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                key,
                value,
                headers,
                Optional.empty());
    }

    /** Partition and offset. */
    private static List<String> places(Batch batch) {
        return batch.records().stream()
                .map(record -> record.partition() + "/" + record.offset())
                .toList();
    }
}
