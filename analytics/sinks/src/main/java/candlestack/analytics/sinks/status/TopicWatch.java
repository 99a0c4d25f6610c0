package candlestack.analytics.sinks.status;

import static java.util.Objects.requireNonNull;

import candlestack.config.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/** Asks the broker every second how far each of our topics has come. Its thread writes, any thread reads. */
public final class TopicWatch implements AutoCloseable {
    private static final long ANSWER_SECONDS = 5;
    /** Partitions are looked up anew this often: topics may be made after we start. */
    private static final int LOOKUP_EVERY = 30;

    private static final int REMEMBERED = 11;

    private final Admin admin;
    private final Ticker ticker = new Ticker("topic-watch", this::look);
    private final Deque<Reading> readings = new ArrayDeque<>();
    private final Map<TopicPartition, Instant> newest = new HashMap<>();
    private Set<TopicPartition> partitions = Set.of();
    private int rounds;
    private volatile Map<TopicPartition, Long> ends = Map.of();
    private volatile Map<Topic, Progress> progress = Map.of();

    private record Reading(long nanos, Map<TopicPartition, Long> ends) {}

    /**
     * How far a topic has come.
     *
     * @param records ever appended, those that were deleted since included
     * @param perSecond records a second over the last ten seconds
     * @param newest the broker's stamp of the newest record; empty while there is none
     */
    public record Progress(long records, double perSecond, Optional<Instant> newest) {
        public Progress {
            requireNonNull(newest, "newest is null");
        }
    }

    /** Takes over the client. */
    public TopicWatch(Admin admin) {
        this.admin = requireNonNull(admin, "admin is null");
    }

    public void start() {
        ticker.start();
    }

    /** The topics that exist, in the order of {@link Topic}; empty until the broker has answered. */
    public Map<Topic, Progress> progress() {
        return progress;
    }

    /** Records of the partitions that are not yet {@code delivered}. */
    public long backlog(Map<TopicPartition, Long> delivered) {
        Map<TopicPartition, Long> known = ends;
        return delivered.entrySet().stream()
                .mapToLong(entry -> Math.max(0, known.getOrDefault(entry.getKey(), 0L) - entry.getValue()))
                .sum();
    }

    @Override
    public void close() {
        ticker.close();
        admin.close(Duration.ZERO);
    }

    private void look() throws ExecutionException, TimeoutException, InterruptedException {
        if (rounds++ % LOOKUP_EVERY == 0 || partitions.isEmpty()) {
            partitions = lookUp();
        }
        Map<TopicPartition, Long> now = offsets(partitions, OffsetSpec.latest()).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
        Map<TopicPartition, Long> before = ends;
        Set<TopicPartition> moved = now.keySet().stream()
                .filter(partition -> !now.get(partition).equals(before.get(partition)))
                .collect(Collectors.toSet());
        offsets(moved, OffsetSpec.maxTimestamp()).forEach((partition, found) -> {
            if (found.timestamp() >= 0) {
                newest.put(partition, Instant.ofEpochMilli(found.timestamp()));
            }
        });
        readings.addLast(new Reading(System.nanoTime(), now));
        if (readings.size() > REMEMBERED) {
            readings.removeFirst();
        }
        ends = now;
        progress = summarize();
    }

    private Set<TopicPartition> lookUp() throws ExecutionException, TimeoutException, InterruptedException {
        Set<String> existing = admin.listTopics().names().get(ANSWER_SECONDS, TimeUnit.SECONDS);
        Set<String> ours = new HashSet<>(Topic.names());
        ours.retainAll(existing);
        Map<String, TopicDescription> described =
                admin.describeTopics(ours).allTopicNames().get(ANSWER_SECONDS, TimeUnit.SECONDS);
        return described.values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .collect(Collectors.toSet());
    }

    private Map<TopicPartition, ListOffsetsResultInfo> offsets(Set<TopicPartition> asked, OffsetSpec which)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<TopicPartition, OffsetSpec> specs = asked.stream().collect(Collectors.toMap(key -> key, key -> which));
        return admin.listOffsets(specs).all().get(ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    private Map<Topic, Progress> summarize() {
        Reading first = readings.getFirst();
        Reading last = readings.getLast();
        double seconds = (last.nanos() - first.nanos()) / 1e9;
        Map<Topic, Progress> summary = new LinkedHashMap<>();
        for (Topic topic : Topic.values()) {
            if (last.ends().keySet().stream()
                    .anyMatch(partition -> partition.topic().equals(topic.topicName()))) {
                long records = sum(last, topic);
                double perSecond = seconds > 0 ? (records - sum(first, topic)) / seconds : 0;
                summary.put(topic, new Progress(records, perSecond, newest(topic)));
            }
        }
        return summary;
    }

    private static long sum(Reading reading, Topic topic) {
        return reading.ends().entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic.topicName()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private Optional<Instant> newest(Topic topic) {
        return newest.entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic.topicName()))
                .map(Map.Entry::getValue)
                .max(Instant::compareTo);
    }
}
