package candlestack.influxdb.store;

import candlestack.flux.storage.Aggregation;
import candlestack.flux.storage.Aggregation.Function;
import candlestack.flux.storage.ColumnType;
import java.util.Iterator;

/** Aggregates a column over a range or over windows of it, run by run, in constant memory but for the answer. */
final class Aggregator {
    private final ColumnType type;
    private final Function function;
    private final long start;
    private final long stop;

    Aggregator(ColumnType type, Function function, long start, long stop) {
        this.type = type;
        this.function = function;
        this.start = start;
        this.stop = stop;
    }

    /** Whether the function is defined for values of the type. */
    static boolean accepts(Function function, ColumnType type) {
        boolean number = type == ColumnType.FLOAT || type == ColumnType.INTEGER || type == ColumnType.UNSIGNED;
        return number || function == Function.COUNT || function == Function.FIRST || function == Function.LAST;
    }

    static ColumnType resultType(Function function, ColumnType type) {
        return switch (function) {
            case COUNT -> ColumnType.INTEGER;
            case MEAN -> ColumnType.FLOAT;
            default -> type;
        };
    }

    /** One point for the whole range, or an empty run if the range has none. */
    Run overRange(Iterator<Run> runs) {
        Accumulator accumulator = Accumulator.of(function, type);
        while (runs.hasNext()) {
            Run run = runs.next();
            accumulator.add(run, 0, run.length());
            if (function == Function.FIRST) {
                break;
            }
        }
        AggregateSink sink = new AggregateSink(resultType(function, type));
        if (accumulator.count() > 0) {
            accumulator.flush(sink, function.selector() ? accumulator.time() : stop);
        }
        return sink.toRun();
    }

    /** One point a window that has any, and for empty windows what {@link Aggregation} says. */
    AggregateSink overWindows(Iterator<Run> runs, Aggregation.Window window) {
        AggregateSink sink = new AggregateSink(resultType(function, type));
        Accumulator accumulator = Accumulator.of(function, type);
        boolean fill = window.createEmpty() && !function.selector();
        long next = index(start, window);
        long current = next;
        boolean any = false;
        while (runs.hasNext()) {
            Run run = runs.next();
            any = true;
            for (int from = 0; from < run.length(); ) {
                long index = index(run.times()[from], window);
                if (index != current || accumulator.count() == 0) {
                    next = flush(accumulator, sink, window, current, next);
                    next = fill ? fill(sink, window, next, index) : index;
                    current = index;
                }
                int to = end(run, from, index, window);
                accumulator.add(run, from, to);
                from = to;
            }
        }
        next = flush(accumulator, sink, window, current, next);
        if (any && fill) {
            fill(sink, window, next, index(stop - 1, window) + 1);
        }
        return sink;
    }

    private long flush(Accumulator accumulator, AggregateSink sink, Aggregation.Window window, long index, long next) {
        if (accumulator.count() == 0) {
            return next;
        }
        accumulator.flush(sink, time(window, index));
        return index + 1;
    }

    /** Writes the windows from {@code next} up to {@code index}, which have no points. */
    private long fill(AggregateSink sink, Aggregation.Window window, long next, long index) {
        for (long empty = next; empty < index; empty++) {
            if (function == Function.COUNT) {
                sink.addLong(time(window, empty), 0);
            } else {
                sink.addNull(time(window, empty));
            }
        }
        return index;
    }

    private static long index(long time, Aggregation.Window window) {
        return Math.floorDiv(time - window.offset(), window.every());
    }

    private static int end(Run run, int from, long index, Aggregation.Window window) {
        long end = (index + 1) * window.every() + window.offset();
        int to = from + 1;
        long[] times = run.times();
        while (to < run.length() && times[to] < end) {
            to++;
        }
        return to;
    }

    private long time(Aggregation.Window window, long index) {
        return window.timeSource() == Aggregation.TimeSource.START
                ? Math.max(start, index * window.every() + window.offset())
                : Math.min(stop, (index + 1) * window.every() + window.offset());
    }
}
