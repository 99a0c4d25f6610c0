package candlestack.influxdb.store;

import candlestack.flux.storage.Aggregation;
import candlestack.flux.storage.Block;
import candlestack.flux.storage.ColumnType;
import candlestack.flux.storage.Predicate;
import candlestack.flux.storage.ReadRequest;
import candlestack.flux.storage.Series;
import candlestack.flux.storage.SeriesCursor;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** A store in a folder, with one bucket, as tests like to use it. */
final class StoreFixture implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    static final long BUCKET = 7;

    private final Path directory;
    private final BucketSpec spec;
    private final StoreOptions options;
    private Store store;

    StoreFixture(Path directory, Duration partition, Duration retention) {
        this.directory = directory;
        this.spec = new BucketSpec(BUCKET, partition, retention);
        this.options = options(1000);
        open();
    }

    static StoreOptions options(int mostColumns) {
        return new StoreOptions(
                SyncPolicy.EVERY_SECOND,
                1L << 40,
                1L << 40,
                mostColumns,
                Duration.ofHours(1),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    void open() {
        store = Store.open(directory, options, List.of(spec));
    }

    void reopen() {
        store.close();
        open();
    }

    Store store() {
        return store;
    }

    BucketStore bucket() {
        return store.bucket(BUCKET).orElseThrow();
    }

    WriteResult put(String measurement, List<String> tags, String field, long time, double value) {
        return put(measurement, tags, field, ColumnType.FLOAT, time, Double.doubleToRawLongBits(value), null);
    }

    WriteResult put(
            String measurement, List<String> tags, String field, ColumnType type, long time, long bits, String text) {
        PointBatch batch = new PointBatch();
        batch.beginPoint(new SeriesName(measurement, tags), null);
        batch.addField(field, type, bits, text);
        batch.endPoint(time);
        return store.write(bucket(), batch);
    }

    /** The points by the series' tags and by time. */
    Map<SortedMap<String, String>, Map<Long, Object>> read(long start, long stop) {
        return read(start, stop, Predicate.ALL);
    }

    Map<SortedMap<String, String>, Map<Long, Object>> read(long start, long stop, Predicate predicate) {
        return points(reader().read(new ReadRequest("b", start, stop, predicate)));
    }

    Map<SortedMap<String, String>, Map<Long, Object>> aggregate(
            long start, long stop, Aggregation.Function function, Optional<Aggregation.Window> window) {
        ReadRequest request = new ReadRequest("b", start, stop, Predicate.ALL);
        return points(reader().readAggregated(request, new Aggregation(function, window))
                .orElseThrow());
    }

    StoreReader reader() {
        return new StoreReader(bucket(), () -> {});
    }

    @Override
    public void close() {
        store.close();
    }

    private static Map<SortedMap<String, String>, Map<Long, Object>> points(SeriesCursor cursor) {
        Map<SortedMap<String, String>, Map<Long, Object>> all = new LinkedHashMap<>();
        try (cursor) {
            for (Optional<Series> next = cursor.next(); next.isPresent(); next = cursor.next()) {
                Series series = next.get();
                all.put(series.tags(), points(series));
            }
        }
        return all;
    }

    private static Map<Long, Object> points(Series series) {
        Map<Long, Object> points = new LinkedHashMap<>();
        List<Long> order = new ArrayList<>();
        series.blocks().forEachRemaining(block -> {
            for (int i = 0; i < block.length(); i++) {
                points.put(block.times()[i], block.nulls().get(i) ? "null" : value(series.type(), block, i));
                order.add(block.times()[i]);
            }
        });
        if (!order.equals(order.stream().sorted().distinct().toList())) {
            throw new AssertionError("times do not ascend: " + order);
        }
        return points;
    }

    private static Object value(ColumnType type, Block block, int index) {
        return switch (type) {
            case FLOAT -> block.doubles()[index];
            case INTEGER, UNSIGNED -> block.longs()[index];
            case STRING -> block.strings()[index];
            case BOOLEAN -> block.booleans()[index];
        };
    }
}
