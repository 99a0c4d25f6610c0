package candlestack.flux.stream;

import candlestack.flux.FluxException;
import candlestack.flux.Position;
import candlestack.flux.eval.Query;
import candlestack.flux.storage.Aggregation;
import candlestack.flux.storage.Block;
import candlestack.flux.storage.Predicate;
import candlestack.flux.storage.ReadRequest;
import candlestack.flux.storage.Series;
import candlestack.flux.storage.SeriesCursor;
import candlestack.flux.storage.Storage;
import candlestack.flux.storage.StorageException;
import candlestack.flux.table.Column;
import candlestack.flux.table.ColumnMeta;
import candlestack.flux.table.DataType;
import candlestack.flux.table.GroupKey;
import candlestack.flux.table.Table;
import candlestack.flux.value.Time;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What {@code from} reads, with all that the store can do itself handed down to it. */
public final class StorageStream extends TableStream {
    private final String bucket;
    private final List<Predicate> predicates;
    private final List<String> groupedBy;

    public StorageStream(Query query, Position position, String bucket) {
        this(query, position, bucket, Optional.empty(), List.of(), List.of());
    }

    private StorageStream(
            Query query,
            Position position,
            String bucket,
            Optional<Bounds> bounds,
            List<Predicate> predicates,
            List<String> groupedBy) {
        super(query, position, bounds, sink -> {});
        this.bucket = bucket;
        this.predicates = List.copyOf(predicates);
        this.groupedBy = List.copyOf(groupedBy);
    }

    /** The same within a range, and within the range before if there is one. */
    public StorageStream within(Bounds range) {
        return new StorageStream(query(), position(), bucket, Optional.of(range), predicates, groupedBy);
    }

    public StorageStream where(Predicate predicate) {
        List<Predicate> all = new ArrayList<>(predicates);
        all.add(predicate);
        return new StorageStream(query(), position(), bucket, bounds(), all, groupedBy);
    }

    public StorageStream groupedBy(List<String> columns) {
        return new StorageStream(query(), position(), bucket, bounds(), predicates, columns);
    }

    /** The request this stream makes. */
    public ReadRequest request() {
        Bounds range = bounds().orElseThrow(() -> FluxException.invalid(
                        "cannot submit unbounded read to '" + bucket + "'; try bounding 'from' with a call to 'range'")
                .at(position()));
        Predicate predicate = predicates.size() == 1 ? predicates.get(0) : new Predicate.And(predicates);
        return new ReadRequest(bucket, range.start(), Math.max(range.start(), range.stop()), predicate, groupedBy);
    }

    @Override
    public void run(Consumer<Table> sink) {
        run(tables -> read(guarded(() -> query().options().storage().read(request())), false, tables), sink);
    }

    /** The tables of an aggregate that the store computes; false if it declines. */
    public boolean runAggregated(Aggregation aggregation, Consumer<Table> sink) {
        boolean[] done = new boolean[1];
        run(
                tables -> {
                    Optional<SeriesCursor> cursor =
                            guarded(() -> query().options().storage().readAggregated(request(), aggregation));
                    cursor.ifPresent(open -> read(open, !withTime(aggregation), tables));
                    done[0] = cursor.isPresent();
                },
                sink);
        return done[0];
    }

    private static boolean withTime(Aggregation aggregation) {
        return aggregation.window().isPresent() || aggregation.function().selector();
    }

    private static <T> T guarded(java.util.function.Supplier<T> call) {
        try {
            return call.get();
        } catch (StorageException e) {
            throw translated(e);
        }
    }

    /** The store's refusal as the query's. */
    public static FluxException translated(StorageException e) {
        FluxException.Kind kind =
                switch (e.kind()) {
                    case NOT_FOUND -> FluxException.Kind.NOT_FOUND;
                    case FORBIDDEN -> FluxException.Kind.FORBIDDEN;
                    case UNAVAILABLE -> FluxException.Kind.UNAVAILABLE;
                    default -> FluxException.Kind.INVALID;
                };
        return new FluxException(kind, e.getMessage());
    }

    private void read(SeriesCursor cursor, boolean withoutTime, Consumer<Table> sink) {
        try (cursor) {
            Optional<Series> series = guarded(cursor::next);
            while (series.isPresent()) {
                sink.accept(table(series.get(), withoutTime));
                series = guarded(cursor::next);
            }
        }
    }

    private Table table(Series series, boolean withoutTime) {
        DataType type = DataType.valueOf(series.type().name());
        ColumnBuilder times = new ColumnBuilder(DataType.TIME, query());
        ColumnBuilder values = new ColumnBuilder(type, query());
        Iterator<Block> blocks = series.blocks();
        while (blocks.hasNext()) {
            query().checkNow();
            Block block = guarded(blocks::next);
            times.addAll(Column.of(DataType.TIME, block.times(), block.length(), new java.util.BitSet(0)));
            values.addAll(values(block, type));
        }
        Bounds range = bounds().orElseThrow();
        int rows = times.size();
        List<ColumnMeta> keyMetas = new ArrayList<>();
        List<Object> keyValues = new ArrayList<>();
        List<ColumnMeta> metas = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        addKey(keyMetas, keyValues, "_start", DataType.TIME, new Time(range.start()));
        addKey(keyMetas, keyValues, "_stop", DataType.TIME, new Time(range.stop()));
        for (Map.Entry<String, String> tag : series.tags().entrySet()) {
            addKey(keyMetas, keyValues, tag.getKey(), DataType.STRING, tag.getValue());
        }
        for (int i = 0; i < keyMetas.size(); i++) {
            if (i == 2) {
                addValues(metas, columns, withoutTime ? Optional.empty() : Optional.of(times.build()), values.build());
            }
            metas.add(keyMetas.get(i));
            columns.add(Column.constant(keyMetas.get(i).type(), keyValues.get(i), rows));
        }
        return new Table(new GroupKey(keyMetas, keyValues.toArray()), metas, columns, rows);
    }

    private static void addKey(List<ColumnMeta> metas, List<Object> values, String label, DataType type, Object value) {
        metas.add(new ColumnMeta(label, type));
        values.add(value);
    }

    private static void addValues(List<ColumnMeta> metas, List<Column> columns, Optional<Column> times, Column values) {
        times.ifPresent(column -> {
            metas.add(new ColumnMeta("_time", DataType.TIME));
            columns.add(column);
        });
        metas.add(new ColumnMeta("_value", values.type()));
        columns.add(values);
    }

    private static Column values(Block block, DataType type) {
        return switch (type) {
            case FLOAT -> Column.of(block.doubles(), block.length(), block.nulls());
            case INTEGER, UNSIGNED -> Column.of(type, block.longs(), block.length(), block.nulls());
            case BOOLEAN -> Column.of(block.booleans(), block.length(), block.nulls());
            default -> Column.of(type, block.strings(), block.length());
        };
    }

    /** The store, for what is not a read of series. */
    public static Storage storage(Query query) {
        return query.options().storage();
    }
}
