package candlestack.influxdb.store;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;

/**
 * @param snapshotBytes bytes of log after which the points are written to partition files and the log starts anew
 * @param mostUnsavedBytes bytes of log above which writes are refused until a snapshot has caught up
 * @param mostColumns fields of series above which new ones are refused, all buckets together
 * @param housekeeping how often retention is enforced
 */
public record StoreOptions(
        SyncPolicy sync,
        long snapshotBytes,
        long mostUnsavedBytes,
        int mostColumns,
        Duration housekeeping,
        Clock clock) {
    private static final long MEBIBYTE = 1 << 20;
    private static final int BYTES_PER_COLUMN = 2048;

    public StoreOptions {
        requireNonNull(sync, "sync is null");
        requireNonNull(housekeeping, "housekeeping is null");
        requireNonNull(clock, "clock is null");
    }

    /** What fits the heap of this process: heads of unsaved points take about twice their bytes of log. */
    public static StoreOptions forHeap(long heapBytes, SyncPolicy sync) {
        long snapshot = Math.min(64 * MEBIBYTE, Math.max(4 * MEBIBYTE, heapBytes / 16));
        return new StoreOptions(
                sync,
                snapshot,
                snapshot * 4,
                (int) Math.min(5_000_000, Math.max(10_000, heapBytes / BYTES_PER_COLUMN)),
                Duration.ofMinutes(1),
                Clock.systemUTC());
    }
}
