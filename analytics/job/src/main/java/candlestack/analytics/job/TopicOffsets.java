package candlestack.analytics.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.spark.sql.streaming.SourceProgress;
import org.apache.spark.sql.streaming.StreamingQueryProgress;

/** Reads the offsets in a query's progress: {@code {"market.quotes":{"0":12,"1":34}}}. */
final class TopicOffsets {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private TopicOffsets() {}

    /** Records between what the batch has read and what Kafka held when it began. */
    static long lag(StreamingQueryProgress progress) {
        long lag = 0;
        for (SourceProgress source : progress.sources()) {
            lag += distance(source.endOffset(), source.latestOffset());
        }
        return lag;
    }

    /** Records that the batch was to read and did not find: they had aged out. */
    static long missing(StreamingQueryProgress progress) {
        long missing = 0;
        for (SourceProgress source : progress.sources()) {
            missing += distance(source.startOffset(), source.endOffset()) - source.numInputRows();
        }
        return Math.max(0, missing);
    }

    private static long distance(String from, String to) {
        JsonNode start = parse(from);
        JsonNode end = parse(to);
        long distance = 0;
        for (var topic : end.properties()) {
            for (var partition : topic.getValue().properties()) {
                JsonNode before = start.path(topic.getKey()).path(partition.getKey());
                distance += before.isMissingNode()
                        ? 0
                        : Math.max(0, partition.getValue().asLong() - before.asLong());
            }
        }
        return distance;
    }

    /** A source that has read nothing yet has null for its offsets. */
    private static JsonNode parse(String offsets) {
        try {
            return offsets == null ? MAPPER.createObjectNode() : MAPPER.readTree(offsets);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Cannot read offsets '" + offsets + "'", e);
        }
    }
}
