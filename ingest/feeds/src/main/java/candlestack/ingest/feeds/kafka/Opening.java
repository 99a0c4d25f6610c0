package candlestack.ingest.feeds.kafka;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.Position;
import candlestack.ingest.api.SourceContext;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.api.SourceReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A consumer on its way to where it begins. One thread. */
final class Opening implements AutoCloseable {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    private final SourceContext context;
    private final KafkaFeedConfig config;
    private final Consumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Progress progress;

    private Opening(
            SourceContext context,
            KafkaFeedConfig config,
            Consumer<byte[], byte[]> consumer,
            Map<String, TopicDescription> topics) {
        this.context = requireNonNull(context, "context is null");
        this.config = requireNonNull(config, "config is null");
        this.consumer = requireNonNull(consumer, "consumer is null");
        this.partitions = partitions(topics);
        this.progress = new Progress(
                topics.values().stream().collect(Collectors.toMap(TopicDescription::name, TopicDescription::topicId)));
    }

    /** @throws SourceException if the topics cannot be found; nothing stays open then */
    static Opening of(SourceContext context, KafkaFeedConfig config) throws SourceException, InterruptedException {
        try {
            Map<String, TopicDescription> topics = described(config);
            Consumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(config.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
            return new Opening(context, config, consumer, topics);
        } catch (ExecutionException e) {
            throw Failures.of("read " + config.topics(), config.bootstrap(), e.getCause());
        } catch (KafkaException e) {
            throw Failures.of("read " + config.topics(), config.bootstrap(), e);
        }
    }

    private static Map<String, TopicDescription> described(KafkaFeedConfig config)
            throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(config.client())) {
            int milliseconds = Math.toIntExact(ANSWER_WITHIN.toMillis());
            return admin.describeTopics(config.topics(), new DescribeTopicsOptions().timeoutMs(milliseconds))
                    .allTopicNames()
                    .get();
        }
    }

    /** What becomes of a position with offsets that are no longer held. */
    private enum Gaps {
        REFUSED,
        SKIPPED
    }

    /**
     * @param onLost is given where it was, on the reader's thread, when it finds that lost
     * @return owns the consumer from then on
     */
    SourceReader reader(Optional<Position> position, LossListener onLost) throws SourceException, InterruptedException {
        KafkaReader.Beginning beginning =
                position.isEmpty() ? KafkaReader.Beginning.FIRST : KafkaReader.Beginning.KNOWN;
        return reader(position, Gaps.REFUSED, beginning, onLost);
    }

    /** As {@link #reader}, but goes on with the first that is held where the position is lost, and only there. */
    SourceReader afterLoss(Position position, LossListener onLost) throws SourceException, InterruptedException {
        return reader(Optional.of(position), Gaps.SKIPPED, KafkaReader.Beginning.FIRST, onLost);
    }

    private SourceReader reader(
            Optional<Position> position, Gaps gaps, KafkaReader.Beginning beginning, LossListener onLost)
            throws SourceException, InterruptedException {
        try {
            seek(position, gaps);
            Records records = new Records(context, config.mapping(), progress);
            return new KafkaReader(config, consumer, progress, records, beginning, onLost);
        } catch (SourceException e) {
            close();
            throw e;
        } catch (KafkaException e) {
            close();
            throw Failures.of("read " + config.topics(), config.bootstrap(), e);
        }
    }

    /** How many offsets each partition holds. */
    Map<TopicPartition, Long> held() throws SourceException, InterruptedException {
        try {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER_WITHIN);
            Map<TopicPartition, Long> held = new HashMap<>();
            consumer.beginningOffsets(partitions, ANSWER_WITHIN)
                    .forEach((partition, begin) -> held.put(partition, ends.get(partition) - begin));
            return held;
        } catch (KafkaException e) {
            throw Failures.of("read " + config.topics(), config.bootstrap(), e);
        }
    }

    @Override
    public void close() {
        KafkaReader.close(consumer);
    }

    private void seek(Optional<Position> position, Gaps gaps) throws SourceException {
        consumer.assign(partitions);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, ANSWER_WITHIN);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER_WITHIN);
        List<Gap> lost = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            long first = begins.get(partition);
            long end = ends.get(partition);
            long offset = offset(position, gaps, partition, first, end);
            if (offset < first || offset > end) {
                lost.add(new Gap(partition, offset, first, end));
                offset = first;
            }
            consumer.seek(partition, offset);
            progress.next(partition, offset);
        }
        if (!lost.isEmpty() && gaps == Gaps.REFUSED) {
            throw new SourceException(ErrorKind.POSITION_LOST, Gap.told(lost));
        }
    }

    private long offset(Optional<Position> position, Gaps gaps, TopicPartition partition, long first, long end)
            throws SourceException {
        if (position.isPresent()) {
            if (gaps == Gaps.SKIPPED && progress.isOfFormer(position.get(), partition.topic())) {
                return first;
            }
            Optional<Long> known = progress.offset(position.get(), partition);
            if (known.isPresent()) {
                return known.get();
            }
            if (Progress.knows(position.get(), partition.topic())) {
                return first; // a partition that was added since
            }
        }
        return config.start() == KafkaOptions.Start.EARLIEST ? first : end;
    }

    private static List<TopicPartition> partitions(Map<String, TopicDescription> topics) {
        return topics.values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
    }
}
