package candlestack.ingest.feeds.kafka;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.Batch;
import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.Event;
import candlestack.ingest.api.Reject;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.api.SourceReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads assigned partitions: the offsets are the host's to keep, so there is no group and no commit. */
final class KafkaReader implements SourceReader {
    private static final Duration ANSWER_WITHIN = Duration.ofMillis(900);
    private static final Duration CLOSE_WITHIN = Duration.ofMillis(800);

    /** A consumer waits for a broker that is away without a word; after so long in silence it is asked. */
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private final KafkaFeedConfig config;
    private final Consumer<byte[], byte[]> consumer;
    private final Progress progress;
    private final Records records;
    private final LossListener onLost;
    private Beginning beginning;
    private long heardAt = System.nanoTime();
    private long lookedAt = System.nanoTime();

    /** At a first start, where it began has to be on disk: what comes before the next start is not to be missed. */
    enum Beginning {
        FIRST,
        KNOWN
    }

    /**
     * @param consumer at where it goes on; owned from now on
     * @param onLost is given where it was before a poll fails because what follows is no longer held
     */
    KafkaReader(
            KafkaFeedConfig config,
            Consumer<byte[], byte[]> consumer,
            Progress progress,
            Records records,
            Beginning beginning,
            LossListener onLost) {
        this.config = requireNonNull(config, "config is null");
        this.consumer = requireNonNull(consumer, "consumer is null");
        this.progress = requireNonNull(progress, "progress is null");
        this.records = requireNonNull(records, "records is null");
        this.beginning = requireNonNull(beginning, "beginning is null");
        this.onLost = requireNonNull(onLost, "onLost is null");
    }

    @Override
    public Batch poll(Duration maxWait) throws SourceException, InterruptedException {
        if (beginning == Beginning.FIRST) {
            beginning = Beginning.KNOWN;
            return Batch.of(List.of(), progress.position());
        }
        try {
            if (isOver(heardAt, SILENCE)) {
                consumer.endOffsets(consumer.assignment(), ANSWER_WITHIN);
                heardAt = System.nanoTime();
            } else if (isOver(lookedAt, config.refresh())) {
                lookForPartitions();
                lookedAt = System.nanoTime();
            }
            return batch(consumer.poll(maxWait));
        } catch (OffsetOutOfRangeException e) {
            throw lost(e);
        } catch (KafkaException e) {
            throw Failures.of("read " + config.topics(), config.bootstrap(), e);
        }
    }

    private Batch batch(ConsumerRecords<byte[], byte[]> polled) {
        // Markers of transactions move an offset on without a record.
        if (polled.nextOffsets().isEmpty()) {
            return Batch.empty();
        }
        heardAt = System.nanoTime();
        List<Event> events = new ArrayList<>();
        List<Reject> rejects = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            records.take(record, events, rejects);
        }
        polled.nextOffsets().forEach((partition, next) -> progress.next(partition, next.offset()));
        return new Batch(events, rejects, Optional.of(progress.position()));
    }

    private void lookForPartitions() {
        List<TopicPartition> added = config.topics().stream()
                .flatMap(topic -> consumer.partitionsFor(topic, ANSWER_WITHIN).stream())
                .map(found -> new TopicPartition(found.topic(), found.partition()))
                .filter(partition -> !consumer.assignment().contains(partition))
                .toList();
        if (added.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(added, ANSWER_WITHIN);
        List<TopicPartition> all = new ArrayList<>(consumer.assignment());
        all.addAll(added);
        consumer.assign(all);
        begins.forEach((partition, first) -> {
            consumer.seek(partition, first);
            progress.next(partition, first);
        });
    }

    private SourceException lost(OffsetOutOfRangeException e) throws SourceException, InterruptedException {
        try {
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(e.partitions(), ANSWER_WITHIN);
            Map<TopicPartition, Long> ends = consumer.endOffsets(e.partitions(), ANSWER_WITHIN);
            List<Gap> gaps = new ArrayList<>();
            e.offsetOutOfRangePartitions()
                    .forEach((partition, next) ->
                            gaps.add(new Gap(partition, next, begins.get(partition), ends.get(partition))));
            onLost.lost(progress.position());
            return new SourceException(ErrorKind.POSITION_LOST, Gap.told(gaps), e);
        } catch (KafkaException again) {
            throw Failures.of("read " + config.topics(), config.bootstrap(), again);
        }
    }

    @Override
    public OptionalLong backlog() {
        return OptionalLong.of(consumer.assignment().stream()
                .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                .sum());
    }

    @Override
    public void close() {
        close(consumer);
    }

    /** Also on a thread that was interrupted, where the consumer would not close. */
    static void close(Consumer<?, ?> consumer) {
        boolean interrupted = Thread.interrupted();
        try {
            consumer.close(CloseOptions.timeout(CLOSE_WITHIN));
        } catch (KafkaException e) {
            // Its sockets and threads are gone all the same, and there is nothing of it to be saved.
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean isOver(long since, Duration duration) {
        return System.nanoTime() - since > duration.toNanos();
    }
}
