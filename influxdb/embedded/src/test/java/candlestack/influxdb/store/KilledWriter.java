package candlestack.influxdb.store;

import candlestack.flux.storage.ColumnType;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * The child process of {@link KillTest}: writes batch after batch, prints the number of each once it is acknowledged,
 * and takes snapshots all the while. It never ends by itself.
 */
final class KilledWriter {
    static final int BATCH = 20;
    static final int SERIES = 7;

    private KilledWriter() {}

    /** Arguments: the store's folder, the number of the first batch. */
    public static void main(String[] arguments) {
        Store store = open(Path.of(arguments[0]));
        Thread snapshots = new Thread(() -> {
            while (true) {
                store.snapshot();
            }
        });
        snapshots.setDaemon(true);
        snapshots.start();
        BucketStore bucket = store.bucket(StoreFixture.BUCKET).orElseThrow();
        for (long number = Long.parseLong(arguments[1]); ; number++) {
            store.write(bucket, batch(number));
            System.out.println(number);
        }
    }

    static Store open(Path directory) {
        StoreOptions options = new StoreOptions(
                SyncPolicy.EVERY_SECOND, 1L << 40, 1L << 40, 1000, Duration.ofHours(1), Clock.systemUTC());
        BucketSpec spec = new BucketSpec(StoreFixture.BUCKET, Duration.ofNanos(100_000), Duration.ZERO);
        return Store.open(directory, options, List.of(spec));
    }

    /** The points of a batch: half go on in time, half go back to where others are. */
    static PointBatch batch(long number) {
        PointBatch batch = new PointBatch();
        for (int i = 0; i < BATCH; i++) {
            batch.beginPoint(new SeriesName("m", List.of("series", "" + number % SERIES)), null);
            batch.addField("f", ColumnType.FLOAT, Double.doubleToRawLongBits((double) number), null);
            batch.endPoint(time(number, i));
        }
        return batch;
    }

    static long time(long number, int index) {
        return index % 2 == 0 ? number * BATCH + index : (number * 7919 + index * 104_729L) % 500_000 * 2 + 1_000_001;
    }
}
