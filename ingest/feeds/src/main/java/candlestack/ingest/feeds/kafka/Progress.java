package candlestack.ingest.feeds.kafka;

import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.Position;
import candlestack.ingest.api.SourceException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * The next offset of each partition, and which topic that is an offset of: one that was made anew begins again at 0. As
 * a position: {@code trades-0 = 17}, {@code topic.trades = its id}. One thread.
 */
final class Progress {
    private static final String TOPIC = "topic.";

    private final Map<String, Uuid> topicIds;
    private final Map<TopicPartition, Long> next =
            new TreeMap<>(Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));

    /** @param topicIds of all topics that are read */
    Progress(Map<String, Uuid> topicIds) {
        this.topicIds = Map.copyOf(topicIds);
    }

    Uuid topicId(String topic) {
        return topicIds.get(topic);
    }

    void next(TopicPartition partition, long offset) {
        next.put(partition, offset);
    }

    long next(TopicPartition partition) {
        return next.get(partition);
    }

    Position position() {
        Map<String, String> fields = new HashMap<>();
        next.forEach((partition, offset) -> {
            fields.put(partition.toString(), Long.toString(offset));
            fields.put(
                    TOPIC + partition.topic(), topicIds.get(partition.topic()).toString());
        });
        return new Position(fields);
    }

    /**
     * The offset that a position has of a partition; empty if it has none.
     *
     * @throws SourceException of kind POSITION_LOST if it is of another topic of that name
     */
    Optional<Long> offset(Position position, TopicPartition partition) throws SourceException {
        if (!knows(position, partition.topic())
                || position.text(partition.toString()).isEmpty()) {
            return Optional.empty();
        }
        if (isOfFormer(position, partition.topic())) {
            throw new SourceException(
                    ErrorKind.POSITION_LOST,
                    "Cannot go on in topic '" + partition.topic() + "': it was deleted and made anew since");
        }
        return Optional.of(position.number(partition.toString()));
    }

    /** Whether a position is of another topic of that name, which was deleted since. */
    boolean isOfFormer(Position position, String topic) {
        return position.text(TOPIC + topic)
                .filter(id -> !id.equals(topicIds.get(topic).toString()))
                .isPresent();
    }

    /** Whether a position knows the topic, so that a partition that it does not know is a new one. */
    static boolean knows(Position position, String topic) {
        return position.text(TOPIC + topic).isPresent();
    }
}
