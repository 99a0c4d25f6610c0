package candlestack.ingest.feeds.kafka;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * What a partition no longer holds.
 *
 * @param next the offset to go on with
 * @param first the first that is held
 * @param end the one that the next record will have
 */
record Gap(TopicPartition partition, long next, long first, long end) {
    static String told(List<Gap> gaps) {
        return "Cannot go on in " + gaps.stream().map(Gap::told).collect(Collectors.joining("; "));
    }

    private String told() {
        return next > end
                ? partition + " at offset " + next + ": it ends at " + end + ", so it has lost what it had"
                : partition + " at offset " + next + ": it begins at " + first + ", the " + (first - next)
                        + " records before have aged out";
    }
}
