package candlestack.flux.storage;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * A store of time series, as one caller may see it: permissions and the organization are bound in the instance.
 *
 * <p>Every method may throw {@link StorageException}. Instances serve one query each; calls come from its thread.
 */
public interface Storage {
    /** The buckets the caller may read. */
    List<Bucket> buckets();

    /** The series with at least one point in the range, ordered by measurement, then tags, then field. */
    SeriesCursor read(ReadRequest request);

    /** The same, each series aggregated; or empty if the store leaves this aggregation to the caller. */
    Optional<SeriesCursor> readAggregated(ReadRequest request, Aggregation aggregation);

    /** The tags that series with points in the range have, {@code _measurement} and {@code _field} among them. */
    SortedSet<String> tagKeys(ReadRequest request);

    /**
     * A tag's values in series with points in the range. The tag {@code _measurement} lists measurements, the tag {@code
     * _field} lists fields.
     */
    SortedSet<String> tagValues(ReadRequest request, String tag);

    /** Writes points, all or none; a point that is there already (same tags and time) gets the new value. */
    void write(String bucket, List<Series> series);
}
