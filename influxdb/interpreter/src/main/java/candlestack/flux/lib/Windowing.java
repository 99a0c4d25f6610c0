package candlestack.flux.lib;

import candlestack.flux.eval.Arguments;
import candlestack.flux.eval.Native;
import candlestack.flux.storage.Aggregation;
import candlestack.flux.storage.Aggregation.Function;
import candlestack.flux.storage.Aggregation.TimeSource;
import candlestack.flux.storage.Aggregation.Window;
import candlestack.flux.stream.Bounds;
import candlestack.flux.stream.Groups;
import candlestack.flux.stream.StorageStream;
import candlestack.flux.stream.TableStream;
import candlestack.flux.stream.WindowOperator;
import candlestack.flux.stream.Windows;
import candlestack.flux.table.Column;
import candlestack.flux.table.ColumnMeta;
import candlestack.flux.table.DataType;
import candlestack.flux.table.Table;
import candlestack.flux.value.FunctionValue;
import candlestack.flux.value.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Windows of time, and aggregates of each. */
final class Windowing {
    private static final Map<String, Function> FUNCTIONS = Map.of(
            "count",
            Function.COUNT,
            "sum",
            Function.SUM,
            "mean",
            Function.MEAN,
            "min",
            Function.MIN,
            "max",
            Function.MAX,
            "first",
            Function.FIRST,
            "last",
            Function.LAST);

    private Windowing() {}

    static void register(PackageDefinition universe) {
        universe.function(
                        "window",
                        "<-tables, ?every, ?period, ?offset, ?location, ?timeColumn, ?startColumn,"
                                + " ?stopColumn, ?createEmpty",
                        call -> window(call, call.stream("tables")))
                .function(
                        "aggregateWindow",
                        "<-tables, every, fn, ?period, ?offset, ?location, ?column, ?timeSrc,"
                                + " ?timeDst, ?createEmpty",
                        Windowing::aggregateWindow);
    }

    private static Optional<Windows> windows(Arguments call) {
        Span every = call.span("every", Span.ZERO);
        Span period = call.span("period", Span.ZERO);
        if (every.isZero() && period.isZero()) {
            throw call.invalid("every", "or 'period' must be given and not be 0");
        }
        if (every.isInfinite()) {
            return Optional.empty();
        }
        return Optional.of(new Windows(
                every.isZero() ? period : every,
                period.isZero() ? every : period,
                call.span("offset", Span.ZERO),
                call.location()));
    }

    static TableStream window(Arguments call, TableStream input) {
        WindowOperator operator = new WindowOperator(
                call.query(),
                windows(call),
                input.bounds().orElse(new Bounds(Long.MIN_VALUE, Long.MAX_VALUE)),
                call.string("timeColumn", "_time"),
                call.string("startColumn", "_start"),
                call.string("stopColumn", "_stop"),
                call.truth("createEmpty", false));
        if (operator.windows().isEmpty()) {
            return TableStream.derived(call, input, sink -> {
                Groups groups = new Groups(call.query());
                input.run(table ->
                        operator.apply(table, cut -> groups.table(cut.key()).addAll(cut)));
                groups.emit(sink);
            });
        }
        return TableStream.derived(call, input, sink -> input.run(table -> operator.apply(table, sink)));
    }

    private static Object aggregateWindow(Arguments call) {
        TableStream input = call.stream("tables");
        FunctionValue fn = call.function("fn");
        TableStream plain = plain(call, input, fn);
        Optional<Aggregation> aggregation = pushable(call, fn);
        if (aggregation.isEmpty() || !(input instanceof StorageStream storage)) {
            return plain;
        }
        return TableStream.derived(call, input, sink -> {
            Consumer<Table> whole = aggregation.get().function().selector() && call.truth("createEmpty", true)
                    ? table -> sink.accept(
                            EmptyWindows.filled(call, table, windows(call).orElseThrow()))
                    : sink;
            if (!storage.runAggregated(aggregation.get(), whole)) {
                plain.run(sink);
            }
        });
    }

    private static Optional<Aggregation> pushable(Arguments call, FunctionValue fn) {
        Span every = call.span("every");
        Span period = call.span("period", every);
        Span offset = call.span("offset", Span.ZERO);
        String timeSource = call.string("timeSrc", "_stop");
        boolean fixed = every.months() == 0 && period.months() == 0 && offset.months() == 0 && !every.isInfinite();
        boolean usual = call.string("column", "_value").equals("_value")
                && call.string("timeDst", "_time").equals("_time")
                && (timeSource.equals("_stop") || timeSource.equals("_start"));
        if (!fixed || !usual || !call.location().isUtc() || every.isZero() || every.negative() || period.negative()) {
            return Optional.empty();
        }
        if (!(fn instanceof Native function) || !FUNCTIONS.containsKey(function.name())) {
            return Optional.empty();
        }
        return Optional.of(new Aggregation(
                FUNCTIONS.get(function.name()),
                Optional.of(new Window(
                        every.nanos(),
                        period.isZero() ? every.nanos() : period.nanos(),
                        offset.signedNanos(),
                        call.truth("createEmpty", true),
                        timeSource.equals("_start") ? TimeSource.START : TimeSource.STOP))));
    }

    private static TableStream plain(Arguments call, TableStream input, FunctionValue fn) {
        boolean createEmpty = call.truth("createEmpty", true);
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put(fn.pipeParameter().orElse("tables"), window(call.with("createEmpty", createEmpty), input));
        arguments.put("column", call.string("column", "_value"));
        if (!(fn.call(arguments) instanceof TableStream aggregated)) {
            throw call.invalid("fn", "must return a stream");
        }
        String timeSource = call.string("timeSrc", "_stop");
        String target = call.string("timeDst", "_time");
        return TableStream.derived(call, input, sink -> {
            Bounds range = input.bounds().orElse(new Bounds(Long.MIN_VALUE, Long.MAX_VALUE));
            WindowOperator whole =
                    new WindowOperator(call.query(), Optional.empty(), range, target, "_start", "_stop", false);
            Groups groups = new Groups(call.query());
            aggregated.run(raw -> {
                Table table = createEmpty ? filled(raw) : raw;
                Column time = Calls.column(call, table, timeSource);
                whole.apply(
                        table.with(target, time),
                        result -> groups.table(result.key()).addAll(result));
            });
            groups.emit(sink);
        });
    }

    /** A row for each table without rows: its key, and null in the other columns. */
    static Table filled(Table table) {
        if (!table.isEmpty()) {
            return table;
        }
        List<Column> columns = new ArrayList<>();
        for (ColumnMeta meta : table.metas()) {
            DataType type = meta.type();
            columns.add(Column.constant(type, table.key().value(meta.label()), 1));
        }
        return new Table(table.key(), table.metas(), columns, 1);
    }
}
