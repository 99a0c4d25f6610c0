package candlestack.flux.lib;

import candlestack.flux.FluxException;
import candlestack.flux.eval.Arguments;
import candlestack.flux.stream.Bounds;
import candlestack.flux.stream.Groups;
import candlestack.flux.stream.RowPredicate;
import candlestack.flux.stream.StorageStream;
import candlestack.flux.stream.TableStream;
import candlestack.flux.table.Column;
import candlestack.flux.table.DataType;
import candlestack.flux.table.Table;
import candlestack.flux.value.Null;
import candlestack.flux.value.Time;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Which rows, in which tables, in which order. */
final class Shaping {
    private Shaping() {}

    static void register(PackageDefinition universe) {
        universe.function("range", "<-tables, start, ?stop", Shaping::range)
                .function("filter", "<-tables, fn, ?onEmpty", Shaping::filter)
                .function("group", "<-tables, ?columns, ?mode", Shaping::group)
                .function("sort", "<-tables, ?columns, ?desc", Shaping::sort)
                .function("limit", "<-tables, n, ?offset", call -> cut(call, false))
                .function("tail", "<-tables, n, ?offset", call -> cut(call, true))
                .function("union", "tables", Shaping::union)
                .function("yield", "<-tables, ?name", Shaping::yielded);
    }

    private static Object range(Arguments call) {
        TableStream input = call.stream("tables");
        long start = call.bound("start").nanos();
        long stop = (call.has("stop") && !(call.value("stop") instanceof Null)
                        ? call.bound("stop")
                        : call.query().now())
                .nanos();
        Bounds range = input.bounds()
                .map(b -> new Bounds(Math.max(start, b.start()), Math.min(stop, b.stop())))
                .orElse(new Bounds(start, stop));
        if (stop <= start) {
            if (input instanceof StorageStream) {
                throw FluxException.invalid("cannot query an empty range");
            }
            range = new Bounds(start, start);
        }
        if (input instanceof StorageStream storage) {
            return storage.within(range);
        }
        Bounds bounds = range;
        return new TableStream(
                call.query(),
                call.position(),
                Optional.of(bounds),
                sink -> input.run(table -> sink.accept(inRange(call, table, bounds))));
    }

    private static Table inRange(Arguments call, Table table, Bounds bounds) {
        Column times = Calls.column(call, table, "_time");
        if (times.type() != DataType.TIME) {
            throw FluxException.invalid("range: column '_time' is not of type time");
        }
        Table kept = Calls.filtered(
                table,
                row -> !times.isNull(row) && times.longAt(row) >= bounds.start() && times.longAt(row) < bounds.stop());
        return Columns.constant(
                Columns.constant(kept, "_start", new Time(bounds.start())), "_stop", new Time(bounds.stop()));
    }

    private static Object filter(Arguments call) {
        TableStream input = call.stream("tables");
        String onEmpty = call.string("onEmpty", "drop");
        if (!Set.of("drop", "keep").contains(onEmpty)) {
            throw call.invalid("onEmpty", "must be \"keep\" or \"drop\", is \"" + onEmpty + "\"");
        }
        RowPredicate predicate = RowPredicate.of(call.function("fn"));
        if (input instanceof StorageStream storage && onEmpty.equals("drop")) {
            StorageStream narrowed = storage.where(predicate.storage());
            return predicate
                    .residue()
                    .<Object>map(rest -> filtered(call, narrowed, rest, false))
                    .orElse(narrowed);
        }
        return filtered(call, input, predicate, onEmpty.equals("keep"));
    }

    private static TableStream filtered(Arguments call, TableStream input, RowPredicate predicate, boolean keepEmpty) {
        return TableStream.derived(
                call,
                input,
                sink -> input.run(table -> {
                    Table result = Calls.filtered(table, predicate.bind(table));
                    if (keepEmpty || !result.isEmpty()) {
                        sink.accept(result);
                    }
                }));
    }

    private static Object group(Arguments call) {
        String mode = call.string("mode", "by");
        List<String> columns = call.strings("columns", List.of());
        Set<String> labels = Set.copyOf(columns);
        TableStream input = call.stream("tables");
        if (mode.equals("by") && input instanceof StorageStream storage && !columns.isEmpty()) {
            input = storage.groupedBy(columns);
        }
        Predicate<String> grouped =
                switch (mode) {
                    case "by" -> labels::contains;
                    case "except" -> label -> !labels.contains(label);
                    default -> throw call.invalid("mode", "must be \"by\" or \"except\", is \"" + mode + "\"");
                };
        return grouped(call, input, grouped);
    }

    /** The rows of all tables, sorted into tables by the columns that pass. */
    static TableStream grouped(Arguments call, TableStream input, Predicate<String> columns) {
        return TableStream.derived(call, input, sink -> {
            Groups groups = new Groups(call.query());
            input.run(table -> groups.add(table, columns));
            groups.emit(sink);
        });
    }

    private static Object sort(Arguments call) {
        List<String> labels = call.strings("columns", List.of("_value"));
        boolean descending = call.truth("desc", false);
        return TableStream.mapped(call, call.stream("tables"), table -> sorted(table, labels, descending));
    }

    static Table sorted(Table table, List<String> labels, boolean descending) {
        List<Comparator<Integer>> orders = labels.stream()
                .filter(table::has)
                .map(label -> RowOrder.of(table.column(table.indexOf(label)), descending))
                .toList();
        if (orders.isEmpty()) {
            return table;
        }
        Comparator<Integer> order =
                orders.stream().reduce(Comparator::thenComparing).orElseThrow();
        int[] rows = IntStream.range(0, table.rows())
                .boxed()
                .sorted(order)
                .mapToInt(Integer::intValue)
                .toArray();
        return table.take(rows, rows.length);
    }

    private static Object cut(Arguments call, boolean fromEnd) {
        int n = call.count("n");
        int offset = call.has("offset") ? call.count("offset") : 0;
        return TableStream.mapped(call, call.stream("tables"), table -> {
            int first = Math.min(offset, table.rows());
            int last = (int) Math.min((long) first + n, table.rows());
            return fromEnd ? table.slice(table.rows() - last, table.rows() - first) : table.slice(first, last);
        });
    }

    private static Object union(Arguments call) {
        List<TableStream> inputs = new ArrayList<>();
        for (Object input : call.list("tables")) {
            if (!(input instanceof TableStream stream)) {
                throw call.wrongType("tables", "array of streams", input);
            }
            inputs.add(stream);
        }
        if (inputs.isEmpty()) {
            throw call.invalid("tables", "must not be empty");
        }
        return TableStream.derived(call, inputs.get(0), sink -> unite(call, inputs, sink));
    }

    private static void unite(Arguments call, List<TableStream> inputs, Consumer<Table> sink) {
        Groups groups = new Groups(call.query());
        for (TableStream input : inputs) {
            input.run(table -> groups.table(table.key()).addAll(table));
        }
        groups.emit(sink);
    }

    private static Object yielded(Arguments call) {
        TableStream input = call.stream("tables");
        call.query().addResult(call.string("name", "_result"), input);
        return new Yielded(call, input);
    }

    /** A stream that is already named as a result. */
    static final class Yielded extends TableStream implements candlestack.flux.eval.Yielded {
        Yielded(Arguments call, TableStream input) {
            super(call.query(), call.position(), input.bounds(), input::run);
        }
    }

    /** The arguments of a call that pipes one stream. */
    static Map<String, Object> piped(TableStream tables) {
        return Map.of("tables", tables);
    }
}
