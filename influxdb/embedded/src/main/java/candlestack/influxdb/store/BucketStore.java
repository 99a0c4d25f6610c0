package candlestack.influxdb.store;

import candlestack.flux.storage.ColumnType;
import candlestack.flux.storage.Predicate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The series and partitions of one bucket. Changed under the store's lock; looked up without it. */
public final class BucketStore {
    private static final int SPARE_SPELLINGS = 10_000;

    private final long id;
    private final long partitionNanos;
    private volatile Duration retention;
    private final Map<String, Measurement> measurements = new ConcurrentSkipListMap<>();
    /** The spellings of series in lines so far: tags in any order, escaped as the client likes. */
    private final Map<KeySlice, Series> spellings = new ConcurrentHashMap<>();

    private final NavigableMap<Long, Partition> partitions = new TreeMap<>();
    private Partition current;
    private int columns;
    private volatile boolean dropped;

    BucketStore(BucketSpec spec) {
        this.id = spec.id();
        this.partitionNanos = spec.partition().toNanos();
        this.retention = spec.retention();
    }

    /** The lookup of one thread: the series of a line's first part, if it has been written before. */
    public final class Lookup {
        private final KeySlice slice = new KeySlice();

        /** The series spelled so, or null. */
        public Series find(byte[] bytes, int from, int to) {
            Series series = spellings.get(slice.of(bytes, from, to));
            return series == null || series.isRemoved() ? null : series;
        }
    }

    public Lookup lookup() {
        return new Lookup();
    }

    public long id() {
        return id;
    }

    /** How long points are kept; zero for ever. */
    public Duration retention() {
        return retention;
    }

    void retention(Duration changed) {
        retention = changed;
    }

    /** Whether the bucket has been deleted; it takes no points any more. */
    boolean isDropped() {
        return dropped;
    }

    void drop() {
        dropped = true;
    }

    int columnCount() {
        return columns;
    }

    /** The field's type in a measurement, or null where it has none yet. */
    public ColumnType fieldType(String measurement, String field) {
        Measurement known = measurements.get(measurement);
        return known == null ? null : known.fieldType(field);
    }

    /** The series, or null. */
    Series find(SeriesName name) {
        Measurement measurement = measurements.get(name.measurement());
        return measurement == null ? null : measurement.series(name);
    }

    Series seriesFor(SeriesName name) {
        Measurement measurement = measurements.computeIfAbsent(name.measurement(), text -> new Measurement(this, text));
        Series known = measurement.series(name);
        if (known != null) {
            return known;
        }
        Series made = new Series(measurement, name);
        measurement.add(made);
        return made;
    }

    /** Remembers how a line spelled a series, within limits. The bytes are kept. */
    void addSpelling(byte[] spelling, Series series) {
        if (spellings.size() < 2L * columns + SPARE_SPELLINGS) {
            spellings.put(new KeySlice().of(spelling, 0, spelling.length), series);
        }
    }

    /** Takes a column into the index, in place of an emptied one of the same field that it succeeds. */
    void add(Column column) {
        Series series = column.series();
        series.measurement().fieldType(column.field(), column.type());
        Optional<Column> predecessor = series.column(column.field());
        series.add(column);
        columns++;
        predecessor.ifPresent(this::forget);
    }

    /** Takes the columns without points out of the index, and what is empty without them. */
    void forgetEmptyColumns() {
        List<Column> empty = new ArrayList<>();
        measurements
                .values()
                .forEach(measurement -> measurement.series().forEach(series -> {
                    for (Column column : series.columns()) {
                        if (column.isEmpty()) {
                            empty.add(column);
                        }
                    }
                }));
        if (!empty.isEmpty()) {
            empty.forEach(this::forget);
            spellings.values().removeIf(Series::isRemoved);
        }
    }

    List<Column> allColumns() {
        return select(Predicate.ALL);
    }

    /** The partition of a time, made if it is new. */
    Partition partition(long time) {
        if (current == null || !current.contains(time)) {
            current = partitions.computeIfAbsent(startOf(time), start -> new Partition(start, endOf(start)));
        }
        return current;
    }

    Collection<Partition> partitions() {
        return partitions.values();
    }

    /** Drops the partitions that end before the retention's reach; returns whether there were any. */
    boolean dropExpired(Instant now) {
        if (retention.isZero()) {
            return false;
        }
        long oldest = Nanos.of(now.minus(retention));
        List<Partition> expired = partitions.values().stream()
                .filter(partition -> partition.end() <= oldest)
                .toList();
        for (Partition partition : expired) {
            partition.members().forEach(member -> member.column().removeChunksOf(partition));
            partitions.remove(partition.start());
            current = null;
        }
        if (!expired.isEmpty()) {
            forgetEmptyColumns();
        }
        return !expired.isEmpty();
    }

    /** The columns that a predicate holds for, ordered by measurement, tags and field. */
    List<Column> select(Predicate predicate) {
        SeriesFilter filter = new SeriesFilter(predicate);
        List<Column> selected = new ArrayList<>();
        for (Measurement measurement : filter.candidates(measurements)) {
            for (Series series : filter.candidates(measurement)) {
                int from = selected.size();
                for (Column column : series.columns()) {
                    if (filter.test(series, column.field())) {
                        selected.add(column);
                    }
                }
                if (selected.size() - from > 1) {
                    selected.subList(from, selected.size()).sort(Comparator.comparing(Column::field));
                }
            }
        }
        return selected;
    }

    private void forget(Column column) {
        column.drop();
        columns--;
        Series series = column.series();
        series.remove(column);
        Measurement measurement = series.measurement();
        if (series.columns().length == 0) {
            series.markRemoved();
            measurement.remove(series);
            if (measurement.isEmpty()) {
                measurements.remove(measurement.name());
            }
        }
    }

    private long startOf(long time) {
        long start = Math.floorDiv(time, partitionNanos) * partitionNanos;
        return start > time ? Long.MIN_VALUE : start;
    }

    private long endOf(long start) {
        long end = start + partitionNanos;
        return end < start ? Long.MAX_VALUE : end;
    }
}
