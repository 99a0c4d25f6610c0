package candlestack.ingest.feeds.kafka;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.Diagnosis;
import candlestack.ingest.api.Diagnosis.Outcome;
import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.Position;
import candlestack.ingest.api.Source;
import candlestack.ingest.api.SourceContext;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.api.SourceReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** Some topics of one cluster, as configured. */
final class KafkaSource implements Source {
    private final SourceContext context;
    private final KafkaFeedConfig config;

    /**
     * Whether the last opening, or the reader that it gave, ended with a lost position. The host opens without one then,
     * which must not begin where a first start would: at the end, all that the topics still hold would be lost too.
     */
    private volatile boolean hasLostPosition;

    KafkaSource(SourceContext context, KafkaFeedConfig config) {
        this.context = requireNonNull(context, "context is null");
        this.config = requireNonNull(config, "config is null");
    }

    @Override
    public SourceReader open(Optional<Position> position) throws SourceException, InterruptedException {
        try {
            KafkaOptions.Start start =
                    position.isEmpty() && hasLostPosition ? KafkaOptions.Start.EARLIEST : config.start();
            SourceReader reader = Opening.of(context, config, start).reader(position, this::lostPosition);
            hasLostPosition = false;
            return reader;
        } catch (SourceException e) {
            hasLostPosition |= e.kind() == ErrorKind.POSITION_LOST;
            throw e;
        }
    }

    private void lostPosition() {
        hasLostPosition = true;
    }

    @Override
    public List<Diagnosis> diagnose() throws InterruptedException {
        List<Diagnosis> found = new ArrayList<>();
        try (Opening opening = Opening.of(context, config, config.start())) {
            Map<TopicPartition, Long> held = opening.held();
            for (String topic : config.topics()) {
                long records = held.entrySet().stream()
                        .filter(entry -> entry.getKey().topic().equals(topic))
                        .mapToLong(Map.Entry::getValue)
                        .sum();
                Outcome outcome = records == 0 ? Outcome.WARNING : Outcome.WELL;
                found.add(new Diagnosis("topic " + topic, outcome, "holds " + records + " records"));
            }
        } catch (SourceException e) {
            found.add(new Diagnosis("topics", Outcome.FAILED, e.getMessage()));
        }
        return found;
    }
}
