package candlestack.flux;

import candlestack.flux.storage.Aggregation;
import candlestack.flux.storage.Block;
import candlestack.flux.storage.Bucket;
import candlestack.flux.storage.ColumnType;
import candlestack.flux.storage.ReadRequest;
import candlestack.flux.storage.Series;
import candlestack.flux.storage.SeriesCursor;
import candlestack.flux.storage.Storage;
import candlestack.flux.storage.StorageException;
import java.lang.reflect.Array;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The simplest store there can be: sorted maps. It leaves every aggregation to the interpreter. */
final class MemoryStorage implements Storage {
    private final Map<String, Map<String, Points>> buckets = new TreeMap<>();

    private record Points(SortedMap<String, String> tags, ColumnType type, SortedMap<Long, Object> values) {}

    MemoryStorage bucket(String name) {
        buckets.computeIfAbsent(name, n -> new TreeMap<>());
        return this;
    }

    /** Adds a float point; tags are pairs of names and values. */
    MemoryStorage point(String bucket, String measurement, String field, long time, double value, String... tags) {
        SortedMap<String, String> all = new TreeMap<>();
        for (int i = 0; i < tags.length; i += 2) {
            all.put(tags[i], tags[i + 1]);
        }
        all.put(Series.MEASUREMENT, measurement);
        all.put(Series.FIELD, field);
        Block block = new Block(1, new long[] {time}, new double[] {value});
        bucket(bucket)
                .write(
                        bucket,
                        List.of(new Series(all, ColumnType.FLOAT, List.of(block).iterator())));
        return this;
    }

    @Override
    public List<Bucket> buckets() {
        return buckets.keySet().stream()
                .map(name -> new Bucket(name, String.format("%016x", name.hashCode()), "0".repeat(16), Duration.ZERO))
                .toList();
    }

    private List<Points> matching(ReadRequest request) {
        Map<String, Points> all = buckets.get(request.bucket());
        if (all == null) {
            throw new StorageException(
                    StorageException.Kind.NOT_FOUND, "could not find bucket \"" + request.bucket() + "\"");
        }
        return all.values().stream()
                .filter(points -> request.predicate().test(points.tags()))
                .map(points -> new Points(
                        points.tags(), points.type(), points.values().subMap(request.start(), request.stop())))
                .filter(points -> !points.values().isEmpty())
                .toList();
    }

    @Override
    public SeriesCursor read(ReadRequest request) {
        Iterator<Points> matching = matching(request).iterator();
        return new SeriesCursor() {
            @Override
            public Optional<Series> next() {
                return matching.hasNext() ? Optional.of(series(matching.next())) : Optional.empty();
            }

            @Override
            public void close() {}
        };
    }

    private static Series series(Points points) {
        Class<?> element =
                switch (points.type()) {
                    case FLOAT -> double.class;
                    case BOOLEAN -> boolean.class;
                    case STRING -> String.class;
                    default -> long.class;
                };
        int size = points.values().size();
        long[] times = new long[size];
        Object values = Array.newInstance(element, size);
        int i = 0;
        for (Map.Entry<Long, Object> point : points.values().entrySet()) {
            times[i] = point.getKey();
            Array.set(values, i++, point.getValue());
        }
        return new Series(
                points.tags(),
                points.type(),
                List.of(new Block(size, times, values)).iterator());
    }

    @Override
    public Optional<SeriesCursor> readAggregated(ReadRequest request, Aggregation aggregation) {
        return Optional.empty();
    }

    @Override
    public SortedSet<String> tagKeys(ReadRequest request) {
        TreeSet<String> keys = new TreeSet<>();
        matching(request).forEach(points -> keys.addAll(points.tags().keySet()));
        return keys;
    }

    @Override
    public SortedSet<String> tagValues(ReadRequest request, String tag) {
        TreeSet<String> values = new TreeSet<>();
        matching(request)
                .forEach(points -> Optional.ofNullable(points.tags().get(tag)).ifPresent(values::add));
        return values;
    }

    @Override
    public void write(String bucket, List<Series> series) {
        Map<String, Points> target = buckets.get(bucket);
        if (target == null) {
            throw new StorageException(StorageException.Kind.NOT_FOUND, "could not find bucket \"" + bucket + "\"");
        }
        for (Series one : series) {
            Points points =
                    target.computeIfAbsent(key(one.tags()), k -> new Points(one.tags(), one.type(), new TreeMap<>()));
            if (points.type() != one.type()) {
                throw new StorageException(StorageException.Kind.INVALID, "field type conflict in " + one.tags());
            }
            one.blocks().forEachRemaining(block -> {
                for (int i = 0; i < block.length(); i++) {
                    points.values().put(block.times()[i], Array.get(block.values(), i));
                }
            });
        }
    }

    /** Orders by measurement, tags, field. */
    private static String key(SortedMap<String, String> tags) {
        Map<String, String> others = new LinkedHashMap<>(tags);
        String measurement = others.remove(Series.MEASUREMENT);
        String field = others.remove(Series.FIELD);
        List<String> parts = new ArrayList<>(List.of(measurement));
        others.forEach((name, value) -> parts.add(name + "=" + value));
        parts.add(field);
        return String.join("\u0000", parts);
    }
}
