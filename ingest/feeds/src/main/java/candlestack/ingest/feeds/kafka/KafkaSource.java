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
     * Where it was when the last opening, or the reader that it gave, found a part of that lost. The host opens without a
     * position then, which must not begin where a first start would: at the end, all that the topics still hold would be
     * lost too, and at the beginning, what was read of the other partitions would come again.
     */
    private volatile Optional<Position> lost = Optional.empty();

    KafkaSource(SourceContext context, KafkaFeedConfig config) {
        this.context = requireNonNull(context, "context is null");
        this.config = requireNonNull(config, "config is null");
    }

    @Override
    public SourceReader open(Optional<Position> position) throws SourceException, InterruptedException {
        if (position.isEmpty() && lost.isPresent()) {
            return Opening.of(context, config).afterLoss(lost.get(), this::lose);
        }
        try {
            SourceReader reader = Opening.of(context, config).reader(position, this::lose);
            lost = Optional.empty();
            return reader;
        } catch (SourceException e) {
            if (e.kind() == ErrorKind.POSITION_LOST) {
                lost = position;
            }
            throw e;
        }
    }

    private void lose(Position position) {
        lost = Optional.of(position);
    }

    @Override
    public List<Diagnosis> diagnose() throws InterruptedException {
        List<Diagnosis> found = new ArrayList<>();
        try (Opening opening = Opening.of(context, config)) {
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
