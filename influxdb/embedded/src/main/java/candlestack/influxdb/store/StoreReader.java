package candlestack.influxdb.store;

import candlestack.flux.storage.Aggregation;
import candlestack.flux.storage.Aggregation.Function;
import candlestack.flux.storage.Block;
import candlestack.flux.storage.ReadRequest;
import candlestack.flux.storage.Series;
import candlestack.flux.storage.SeriesCursor;
import candlestack.flux.storage.StorageException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads one bucket for one query. Not thread-safe. */
public final class StoreReader {
    /** More windows than this in one series are left to the interpreter, which minds its memory. */
    private static final long MOST_WINDOWS = 1_000_000;

    private final BucketStore bucket;
    private final Runnable pulse;

    /** @param pulse called for every block that is read; it may throw to end the query */
    public StoreReader(BucketStore bucket, Runnable pulse) {
        this.bucket = bucket;
        this.pulse = pulse;
    }

    /** The series with points in the range, ordered by measurement, tags and field. */
    public SeriesCursor read(ReadRequest request) {
        return new Cursor(bucket.select(request.predicate()).iterator(), column -> {
            ColumnReader reader = new ColumnReader(column, request.start(), request.stop());
            return reader.hasNext()
                    ? Optional.of(new Series(column.series().fluxTags(column), column.type(), blocks(reader)))
                    : Optional.empty();
        });
    }

    /** The same, aggregated; empty where the windows overlap, leave gaps or are too many. */
    public Optional<SeriesCursor> readAggregated(ReadRequest request, Aggregation aggregation) {
        if (aggregation.window().isPresent() && !isPlain(aggregation.window().get(), request)) {
            return Optional.empty();
        }
        List<Column> columns = bucket.select(request.predicate());
        return Optional.of(new Cursor(columns.iterator(), column -> aggregate(column, request, aggregation)));
    }

    public SortedSet<String> tagKeys(ReadRequest request) {
        SortedSet<String> keys = new TreeSet<>();
        candlestack.influxdb.store.Series previous = null;
        for (Column column : bucket.select(request.predicate())) {
            if (column.series() != previous && hasPoints(column, request)) {
                previous = column.series();
                keys.addAll(previous.fluxTags(column).keySet());
            }
        }
        return keys;
    }

    public SortedSet<String> tagValues(ReadRequest request, String tag) {
        SortedSet<String> values = new TreeSet<>();
        for (Column column : bucket.select(request.predicate())) {
            String value = column.series().fluxTag(column, tag);
            if (value != null && !values.contains(value) && hasPoints(column, request)) {
                values.add(value);
            }
        }
        return values;
    }

    private boolean hasPoints(Column column, ReadRequest request) {
        pulse.run();
        return ColumnReader.hasPoints(column, request.start(), request.stop());
    }

    private Optional<Series> aggregate(Column column, ReadRequest request, Aggregation aggregation) {
        Function function = aggregation.function();
        if (!Aggregator.accepts(function, column.type())) {
            return refused(column, request, function);
        }
        Block block;
        if (function == Function.LAST && aggregation.window().isEmpty()) {
            pulse.run();
            block = block(ColumnReader.last(column, request.start(), request.stop()));
        } else {
            block = aggregated(column, request, aggregation);
        }
        return block.length() == 0
                ? Optional.empty()
                : Optional.of(new Series(
                        column.series().fluxTags(column),
                        Aggregator.resultType(function, column.type()),
                        List.of(block).iterator()));
    }

    private Block aggregated(Column column, ReadRequest request, Aggregation aggregation) {
        Iterator<Run> runs = pulsed(new ColumnReader(column, request.start(), request.stop()));
        Aggregator aggregator = new Aggregator(column.type(), aggregation.function(), request.start(), request.stop());
        return aggregation
                .window()
                .map(window -> aggregator.overWindows(runs, window).toBlock())
                .orElseGet(() -> block(aggregator.overRange(runs)));
    }

    /** A column without points in the range has no say, whatever its type. */
    private Optional<Series> refused(Column column, ReadRequest request, Function function) {
        if (!hasPoints(column, request)) {
            return Optional.empty();
        }
        throw new StorageException(
                StorageException.Kind.INVALID,
                "unsupported input type for " + function.name().toLowerCase(Locale.ROOT) + " aggregate: "
                        + column.type().name().toLowerCase(Locale.ROOT));
    }

    private static boolean isPlain(Aggregation.Window window, ReadRequest request) {
        if (window.period() != window.every()) {
            return false;
        }
        long span = request.stop() - request.start();
        return !window.createEmpty() || (span >= 0 && span / window.every() <= MOST_WINDOWS);
    }

    private Iterator<Run> pulsed(ColumnReader reader) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return reader.hasNext();
            }

            @Override
            public Run next() {
                pulse.run();
                return reader.next();
            }
        };
    }

    private Iterator<Block> blocks(ColumnReader reader) {
        Iterator<Run> runs = pulsed(reader);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return runs.hasNext();
            }

            @Override
            public Block next() {
                return block(runs.next());
            }
        };
    }

    private static Block block(Run run) {
        return new Block(run.length(), run.times(), run.values());
    }

    /** Makes the series of a column's points, if it has any in the range. */
    private interface SeriesMaker {
        Optional<Series> make(Column column);
    }

    private static final class Cursor implements SeriesCursor {
        private final Iterator<Column> columns;
        private final SeriesMaker maker;

        Cursor(Iterator<Column> columns, SeriesMaker maker) {
            this.columns = columns;
            this.maker = maker;
        }

        @Override
        public Optional<Series> next() {
            while (columns.hasNext()) {
                Optional<Series> series = maker.make(columns.next());
                if (series.isPresent()) {
                    return series;
                }
            }
            return Optional.empty();
        }

        @Override
        public void close() {
            // Reading holds nothing but memory.
        }
    }
}
