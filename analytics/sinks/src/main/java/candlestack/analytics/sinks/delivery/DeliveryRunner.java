package candlestack.analytics.sinks.delivery;

import static java.util.Objects.requireNonNull;
import static org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation.LEAVE_GROUP;

import candlestack.analytics.sinks.delivery.Intake.Batch;
import candlestack.analytics.sinks.delivery.Refusals.Refusal;
import candlestack.config.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one delivery's topics into its store: polls, delivers, commits, in this order and on one thread, so a batch
 * that was interrupted anywhere is delivered again. A store that is away is tried for ever; the consumer stays in its
 * group meanwhile. A record that the store refuses for good is found by halving the batch and becomes a dead letter.
 */
public final class DeliveryRunner implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(DeliveryRunner.class);
    /** Between two lines about refusals, which are counted anyway and tell the rest as dead letters. */
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /**
     * To leave the group and let go of the broker, which may hold the last request longer than that: well less than
     * the process waits for its deliveries before it interrupts them.
     */
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    /** Well inside the consumer's max.poll.interval of five minutes. */
    private static final long LONGEST_SILENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Delivery delivery;
    private final Consumer<byte[], byte[]> consumer;
    private final Intake intake = new Intake(this::poll);
    private final DeadLetters letters;
    private final Backoff backoff;
    private final DeliveryMetrics metrics = new DeliveryMetrics();
    /** Partitions that were taken away since the batch was made: its records of these are somebody else's now. */
    private final Set<TopicPartition> lost = new HashSet<>();

    private volatile boolean stopping;
    private boolean holding;
    private long lastPoll = System.nanoTime();
    private long lastRefusalSaid = System.nanoTime() - SILENCE_NANOS - 1;

    /** Takes over the consumer, which {@link #run} closes; the producer stays the caller's. */
    public DeliveryRunner(
            Delivery delivery,
            Consumer<byte[], byte[]> consumer,
            Producer<byte[], byte[]> producer,
            RandomGenerator random) {
        this.delivery = requireNonNull(delivery, "delivery is null");
        this.consumer = requireNonNull(consumer, "consumer is null");
        this.letters = new DeadLetters(delivery.name(), producer);
        this.backoff = new Backoff(random);
    }

    public String name() {
        return delivery.name();
    }

    public List<Topic> topics() {
        return delivery.topics();
    }

    public DeliveryMetrics metrics() {
        return metrics;
    }

    /** Ends {@link #run} after the batch in hand. For any thread. */
    public void stop() {
        stopping = true;
        consumer.wakeup();
    }

    @Override
    public void run() {
        try {
            consumer.subscribe(delivery.topics().stream().map(Topic::topicName).toList(), new Rebalances());
            while (!stopping) {
                round();
            }
        } catch (WakeupException e) {
            log.debug("{} was woken up to stop", delivery.name(), e);
        } catch (InterruptedException | InterruptException e) {
            log.debug("{} was interrupted to stop", delivery.name(), e);
        } finally {
            // The flag would keep the consumer from saying good-bye to its group, which then waits for it.
            boolean interrupted = Thread.interrupted();
            leave();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void leave() {
        try {
            consumer.close(CloseOptions.timeout(GOODBYE).withGroupMembershipOperation(LEAVE_GROUP));
        } catch (InterruptException e) {
            log.debug("{} was interrupted while it left its group", delivery.name(), e);
        }
    }

    private void round() throws InterruptedException {
        Batch batch = intake.next();
        lost.clear();
        if (!batch.records().isEmpty() && deliver(batch.records())) {
            commit(batch.offsets());
        }
    }

    private ConsumerRecords<byte[], byte[]> poll(Duration wait) {
        lastPoll = System.nanoTime();
        return consumer.poll(wait);
    }

    /** @return false if the process stops before all is delivered */
    private boolean deliver(List<ConsumerRecord<byte[], byte[]>> records) throws InterruptedException {
        while (!stopping) {
            stayInGroup();
            List<ConsumerRecord<byte[], byte[]>> batch = withoutLost(records);
            if (batch.isEmpty()) {
                return true;
            }
            try {
                store(batch);
                return true;
            } catch (StoreException e) {
                if (e.kind() == StoreException.Kind.REFUSED && batch.size() > 1) {
                    int half = batch.size() / 2;
                    return deliver(batch.subList(0, half)) && deliver(batch.subList(half, batch.size()));
                }
                waitFor(e);
            }
        }
        return false;
    }

    private void store(List<ConsumerRecord<byte[], byte[]>> batch) throws StoreException, InterruptedException {
        Refusals refusals = new Refusals();
        int rows = 0;
        try {
            rows = delivery.deliver(batch, refusals);
        } catch (StoreException e) {
            if (e.kind() != StoreException.Kind.REFUSED || batch.size() > 1) {
                throw e;
            }
            refusals.add(batch.get(0), e.getMessage());
        } catch (RuntimeException e) {
            // Our own mistake: the records are not to blame, and the other stores not to suffer.
            log.error("{} failed unexpectedly", name(), e);
            throw new StoreException(StoreException.Kind.MISCONFIGURED, e.toString(), e);
        }
        bury(refusals.all());
        metrics.stored(rows, System.currentTimeMillis() - oldest(batch));
        recovered();
    }

    private void bury(List<Refusal> refusals) throws StoreException, InterruptedException {
        if (refusals.isEmpty()) {
            return;
        }
        letters.send(refusals);
        metrics.refused(refusals.size());
        if (System.nanoTime() - lastRefusalSaid > SILENCE_NANOS) {
            lastRefusalSaid = System.nanoTime();
            String latest = refusals.get(0).reason();
            log.warn("{} has refused {} records since the start, the latest: {}", name(), metrics.failed(), latest);
        }
    }

    private static long oldest(List<ConsumerRecord<byte[], byte[]>> batch) {
        long oldest = Long.MAX_VALUE;
        for (ConsumerRecord<byte[], byte[]> record : batch) {
            oldest = Math.min(oldest, record.timestamp());
        }
        return oldest;
    }

    private void waitFor(StoreException e) throws InterruptedException {
        if (metrics.problem().isEmpty()) {
            log.warn("{} takes nothing, trying until it does: {}", name(), e.getMessage());
        }
        metrics.retried(e.getMessage());
        hold(backoff.next(e.kind()));
    }

    private void recovered() {
        if (metrics.problem().isPresent()) {
            log.info("{} takes records again", name());
            metrics.recovered();
        }
        backoff.reset();
    }

    private void stayInGroup() throws InterruptedException {
        if (System.nanoTime() - lastPoll > LONGEST_SILENCE_NANOS) {
            hold(Duration.ZERO);
        }
    }

    /** Waits as a member of the group: polls with all partitions paused, so that no record arrives. */
    private void hold(Duration wait) throws InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        holding = true;
        consumer.pause(consumer.assignment());
        try {
            do {
                poll(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
                if (Thread.interrupted()) {
                    throw new InterruptedException("stopped while waiting for " + name());
                }
            } while (System.nanoTime() < end && !stopping);
        } finally {
            holding = false;
            consumer.resume(consumer.assignment());
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> withoutLost(List<ConsumerRecord<byte[], byte[]>> records) {
        if (lost.isEmpty()) {
            return records;
        }
        return records.stream()
                .filter(record -> !lost.contains(Intake.partition(record)))
                .toList();
    }

    private void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        Map<TopicPartition, OffsetAndMetadata> ours = new HashMap<>(offsets);
        ours.keySet().removeAll(lost);
        Map<TopicPartition, Long> moved = new HashMap<>();
        ours.forEach((partition, offset) -> moved.put(partition, offset.offset()));
        metrics.moved(moved);
        try {
            consumer.commitSync(ours);
        } catch (WakeupException e) {
            // The wake-up that stops us may come here: the rows are stored, so let the group know.
            commitLast(ours);
        } catch (KafkaException e) {
            // The rows are stored; at worst they are delivered again, which changes nothing.
            log.warn("{} could not commit, the next batch will: {}", name(), e.getMessage());
        }
    }

    private void commitLast(Map<TopicPartition, OffsetAndMetadata> offsets) {
        try {
            consumer.commitSync(offsets, Duration.ofSeconds(1));
        } catch (KafkaException e) {
            // A stop is no death: the next start delivers them again.
            log.warn("{} could not commit before it stops: {}", name(), e.getMessage());
        }
    }

    private final class Rebalances implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            Map<TopicPartition, Long> start = new HashMap<>();
            if (holding) {
                consumer.pause(partitions);
            }
            try {
                partitions.forEach(partition -> start.put(partition, consumer.position(partition)));
                metrics.moved(start);
            } catch (TimeoutException e) {
                log.debug("{} learns its position with its first batch", name(), e);
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            lost.addAll(partitions);
            intake.forget(partitions);
            metrics.left(partitions);
        }
    }
}
