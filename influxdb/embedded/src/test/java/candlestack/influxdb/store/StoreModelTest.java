package candlestack.influxdb.store;

import static org.assertj.core.api.Assertions.assertThat;

import candlestack.flux.storage.Aggregation;
import candlestack.flux.storage.Aggregation.Function;
import candlestack.flux.storage.Aggregation.TimeSource;
import candlestack.flux.storage.ColumnType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories of writes, deletes, snapshots and restarts, against a map that does the same the plain way. */
class StoreModelTest {
    private static final int STEPS = 120;
    private static final long SPAN = 40_000;
    private static final Duration PARTITION = Duration.ofNanos(15_000);
    private static final List<ColumnType> TYPES =
            List.of(ColumnType.FLOAT, ColumnType.INTEGER, ColumnType.STRING, ColumnType.BOOLEAN, ColumnType.UNSIGNED);

    @TempDir
    Path directory;

    private final Map<SortedMap<String, String>, TreeMap<Long, Object>> model = new LinkedHashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void answersAsThePlainMapDoes(long seed) {
        Random random = new Random(seed);
        try (StoreFixture store = new StoreFixture(directory, PARTITION, Duration.ZERO)) {
            for (int step = 0; step < STEPS; step++) {
                switch (random.nextInt(12)) {
                    case 0 -> delete(store, random);
                    case 1 -> store.store().snapshot();
                    case 2 -> store.reopen();
                    case 3 -> check(store, random);
                    default -> write(store, random);
                }
            }
            store.reopen();
            assertThat(store.read(Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(model(Long.MIN_VALUE, Long.MAX_VALUE));
        }
    }

    private void write(StoreFixture store, Random random) {
        PointBatch batch = new PointBatch();
        long time = random.nextInt((int) SPAN);
        boolean ordered = random.nextInt(3) > 0;
        for (int i = 0; i < 1 + random.nextInt(2500); i++) {
            time = ordered ? time + 1 + random.nextInt(10) : random.nextInt((int) SPAN);
            int series = random.nextInt(ordered ? 2 : 4);
            int field = random.nextInt(TYPES.size());
            add(batch, "s" + series, TYPES.get(field), time, random.nextInt(1000));
        }
        assertThat(store.store().write(store.bucket(), batch)).isEqualTo(WriteResult.ALL);
    }

    private void add(PointBatch batch, String tag, ColumnType type, long time, int value) {
        String field = type.name();
        batch.beginPoint(new SeriesName("m", List.of("tag", tag)), null);
        long bits = type == ColumnType.FLOAT ? Double.doubleToRawLongBits(value / 8.0) : value;
        batch.addField(field, type, type == ColumnType.BOOLEAN ? value % 2 : bits, "text " + value % 10);
        batch.endPoint(time);
        Object kept =
                switch (type) {
                    case FLOAT -> value / 8.0;
                    case INTEGER, UNSIGNED -> (long) value;
                    case STRING -> "text " + value % 10;
                    case BOOLEAN -> value % 2 == 1;
                };
        model.computeIfAbsent(tags(tag, field), ignored -> new TreeMap<>()).put(time, kept);
    }

    private void delete(StoreFixture store, Random random) {
        long start = random.nextInt((int) SPAN);
        long stop = start + random.nextInt(5000);
        String tag = "s" + random.nextInt(4);
        store.store().delete(store.bucket(), start, stop, new DeleteCondition(Map.of("tag", tag), List.of()));
        model.forEach((tags, points) -> {
            if (tags.get("tag").equals(tag)) {
                points.subMap(start, true, stop, true).clear();
            }
        });
    }

    private void check(StoreFixture store, Random random) {
        long start = random.nextInt((int) SPAN);
        long stop = start + 1 + random.nextInt((int) SPAN);
        Map<SortedMap<String, String>, Map<Long, Object>> expected = model(start, stop);
        assertThat(store.read(start, stop)).isEqualTo(expected);
        assertThat(store.aggregate(start, stop, Function.LAST, Optional.empty()))
                .isEqualTo(picked(expected, false));
        assertThat(store.aggregate(start, stop, Function.FIRST, Optional.empty()))
                .isEqualTo(picked(expected, true));
        long every = 1L + random.nextInt(3000);
        long offset = random.nextInt(100) - 50L;
        Aggregation.Window window = new Aggregation.Window(every, every, offset, true, TimeSource.STOP);
        assertThat(store.aggregate(start, stop, Function.COUNT, Optional.of(window)))
                .isEqualTo(counts(expected, start, stop, every, offset));
    }

    private Map<SortedMap<String, String>, Map<Long, Object>> model(long start, long stop) {
        Map<SortedMap<String, String>, Map<Long, Object>> all = new LinkedHashMap<>();
        model.forEach((tags, points) -> {
            Map<Long, Object> inside = points.subMap(start, true, stop, false);
            if (!inside.isEmpty()) {
                all.put(tags, new LinkedHashMap<>(inside));
            }
        });
        return all;
    }

    private static Map<SortedMap<String, String>, Map<Long, Object>> picked(
            Map<SortedMap<String, String>, Map<Long, Object>> all, boolean first) {
        Map<SortedMap<String, String>, Map<Long, Object>> picked = new LinkedHashMap<>();
        all.forEach((tags, points) -> {
            List<Long> times = new ArrayList<>(points.keySet());
            long time = times.get(first ? 0 : times.size() - 1);
            picked.put(tags, Map.of(time, points.get(time)));
        });
        return picked;
    }

    private static Map<SortedMap<String, String>, Map<Long, Object>> counts(
            Map<SortedMap<String, String>, Map<Long, Object>> all, long start, long stop, long every, long offset) {
        Map<SortedMap<String, String>, Map<Long, Object>> counted = new LinkedHashMap<>();
        all.forEach((tags, points) -> {
            Map<Long, Object> windows = new LinkedHashMap<>();
            long window = Math.floorDiv(start - offset, every) * every + offset;
            for (; window < stop; window += every) {
                long from = window;
                long count = points.keySet().stream()
                        .filter(time -> time >= from && time < from + every)
                        .count();
                windows.put(Math.min(stop, window + every), count);
            }
            counted.put(tags, windows);
        });
        return counted;
    }

    private static SortedMap<String, String> tags(String tag, String field) {
        return new TreeMap<>(Map.of("_measurement", "m", "_field", field, "tag", tag));
    }
}
