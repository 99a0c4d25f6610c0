package candlestack.influxdb.store;

import static java.util.Objects.requireNonNull;

/**
 * What became of a batch.
 *
 * @param dropped the points that were refused; all others are stored
 * @param reason why the first of them was; empty if none was
 */
public record WriteResult(int dropped, String reason) {
    public static final WriteResult ALL = new WriteResult(0, "");

    public WriteResult {
        requireNonNull(reason, "reason is null");
    }
}
