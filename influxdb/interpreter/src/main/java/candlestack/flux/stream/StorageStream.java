package candlestack.flux.stream;

import candlestack.flux.FluxException;
import candlestack.flux.Position;
import candlestack.flux.eval.Query;
import candlestack.flux.storage.Aggregation;
import candlestack.flux.storage.Predicate;
import candlestack.flux.storage.ReadRequest;
import candlestack.flux.storage.Series;
import candlestack.flux.storage.SeriesCursor;
import candlestack.flux.storage.Storage;
import candlestack.flux.storage.StorageException;
import candlestack.flux.table.Table;
import java.util.ArrayList;
import java.util.List;
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

    static <T> T guarded(java.util.function.Supplier<T> call) {
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
        SeriesTables tables = new SeriesTables(query(), bounds().orElseThrow(), withoutTime);
        try (cursor) {
            Optional<Series> series = guarded(cursor::next);
            while (series.isPresent()) {
                sink.accept(tables.table(series.get()));
                series = guarded(cursor::next);
            }
        }
    }

    /** The store, for what is not a read of series. */
    public static Storage storage(Query query) {
        return query.options().storage();
    }
}
