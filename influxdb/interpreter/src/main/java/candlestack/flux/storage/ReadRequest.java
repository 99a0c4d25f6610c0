package candlestack.flux.storage;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What to read.
 *
 * @param bucket the bucket's name
 * @param start the first nanosecond, inclusive
 * @param stop the end in nanoseconds, exclusive
 * @param predicate which series
 * @param groupedBy a hint: the tags the reader groups by next, so that series which agree in them are best delivered
 *     together; empty where the order does not matter
 */
public record ReadRequest(String bucket, long start, long stop, Predicate predicate, List<String> groupedBy) {
    public ReadRequest {
        requireNonNull(bucket, "bucket is null");
        requireNonNull(predicate, "predicate is null");
        groupedBy = List.copyOf(groupedBy);
        if (stop < start) {
            throw new IllegalArgumentException("Invalid range: stop " + stop + " is before start " + start);
        }
    }

    public ReadRequest(String bucket, long start, long stop, Predicate predicate) {
        this(bucket, start, stop, predicate, List.of());
    }
}
