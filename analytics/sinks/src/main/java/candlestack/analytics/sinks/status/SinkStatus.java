package candlestack.analytics.sinks.status;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.sinks.delivery.DeliveryMetrics;
import candlestack.analytics.sinks.delivery.DeliveryRunner;
import candlestack.config.Topic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** What the deliveries are doing now. For any thread. */
public final class SinkStatus {
    private final List<DeliveryRunner> runners;
    private final TopicWatch watch;

    /**
     * One delivery since the process started.
     *
     * @param backlog records of its topics that the store does not have yet
     * @param problem why the store takes nothing now
     */
    public record Sink(String name, long written, long retries, long failed, long backlog, Optional<String> problem) {
        public Sink {
            requireNonNull(name, "name is null");
            requireNonNull(problem, "problem is null");
        }
    }

    public SinkStatus(List<DeliveryRunner> runners, TopicWatch watch) {
        this.runners = List.copyOf(runners);
        this.watch = requireNonNull(watch, "watch is null");
    }

    public List<Sink> sinks() {
        return runners.stream().map(this::sink).toList();
    }

    /** Records of {@code topic} that the slowest of the stores that want it does not have yet. */
    public long backlog(Topic topic) {
        return runners.stream()
                .map(runner -> ofTopic(runner.metrics().delivered(), topic))
                .mapToLong(watch::backlog)
                .max()
                .orElse(0);
    }

    /** Metrics of a delivery of {@link #sinks}, for whoever takes them regularly. */
    DeliveryMetrics metrics(String name) {
        return runners.stream()
                .filter(runner -> runner.name().equals(name))
                .findFirst()
                .orElseThrow()
                .metrics();
    }

    private Sink sink(DeliveryRunner runner) {
        DeliveryMetrics metrics = runner.metrics();
        return new Sink(
                runner.name(),
                metrics.written(),
                metrics.retries(),
                metrics.failed(),
                watch.backlog(metrics.delivered()),
                metrics.problem());
    }

    private static Map<TopicPartition, Long> ofTopic(Map<TopicPartition, Long> delivered, Topic topic) {
        return delivered.entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic.topicName()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
