package candlestack.flux.lib;

import candlestack.flux.FluxException;
import candlestack.flux.eval.Arguments;
import candlestack.flux.stream.TableStream;
import candlestack.flux.table.Table;
import candlestack.flux.value.FunctionValue;
import candlestack.flux.value.RecordValue;
import candlestack.flux.value.Unsigned;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The packages on tables: csv, generate, testing, join, experimental, schema. */
final class MorePackages {
    private MorePackages() {}

    static void register(Function<String, PackageDefinition> define) {
        define.apply("csv").function("from", "?csv, ?file, ?mode", call -> {
            if (!call.has("csv")) {
                throw call.unsupported("file", "");
            }
            return Sources.fromCsv(call);
        });
        define.apply("generate").function("from", "count, fn, start, stop", Sources::generate);
        define.apply("system").function("time", "", call -> call.query().now());
        define.apply("experimental/table")
                .function(
                        "fill", "<-tables", call -> TableStream.mapped(call, call.stream("tables"), Windowing::filled));
        define.apply("influxdata/influxdb")
                .function(
                        "from",
                        "?bucket, ?bucketID",
                        call -> new candlestack.flux.stream.StorageStream(
                                call.query(), call.position(), Sources.bucket(call)))
                .function(
                        "to",
                        "<-tables, ?bucket, ?bucketID, ?org, ?orgID, ?timeColumn, ?tagColumns,"
                                + " ?measurementColumn, ?fieldFn",
                        StorageWriter::to)
                .function("wideTo", "<-tables, ?bucket, ?bucketID, ?org, ?orgID", StorageWriter::wideTo);
        JoinPackage.register(define.apply("join"));
        experimental(define.apply("experimental"));
        SchemaFunctions.register(define.apply("influxdata/influxdb/schema"));
        SchemaFunctions.register(define.apply("influxdata/influxdb/v1"));
        Interpolation.register(define.apply("interpolate"));
    }

    private static void experimental(PackageDefinition experimental) {
        Aggregates.register(experimental);
        Selectors.register(experimental);
        Statistics.register(experimental);
        MovingAverages.register(experimental);
        ExperimentalJoin.register(experimental);
        experimental
                .function("fill", "<-tables, ?value, ?usePrevious", Fill::fill)
                .function(
                        "window",
                        "<-tables, ?every, ?period, ?offset, ?location, ?createEmpty",
                        call -> Windowing.window(call, call.stream("tables")))
                .function("set", "<-tables, o", call -> Columns.setAll(call, call.record("o")))
                .function(
                        "objectKeys",
                        "o",
                        call -> new ArrayList<Object>(
                                call.record("o").names().stream().sorted().toList()))
                .function("group", "<-tables, columns, mode", MorePackages::extendGroup)
                .function("diff", "<-got, want", Difference::stream)
                .function("catch", "fn", MorePackages::catchError)
                .function("chain", "first, second", call -> {
                    call.stream("first").run(table -> {});
                    return call.stream("second");
                })
                .function("preview", "<-tables, ?nrows, ?ntables", MorePackages::preview)
                .function("unpivot", "<-tables, ?otherColumns", Unpivot::stream)
                .function("to", "<-tables, ?bucket, ?bucketID, ?org, ?orgID", StorageWriter::wideTo);
    }

    private static Object extendGroup(Arguments call) {
        if (!call.string("mode").equals("extend")) {
            throw call.invalid("mode", "must be \"extend\"");
        }
        Set<String> more = Set.copyOf(call.strings("columns"));
        TableStream input = call.stream("tables");
        return TableStream.derived(call, input, sink -> {
            candlestack.flux.stream.Groups groups = new candlestack.flux.stream.Groups(call.query());
            input.run(table -> groups.add(
                    table, label -> more.contains(label) || table.key().has(label)));
            groups.emit(sink);
        });
    }

    private static Object catchError(Arguments call) {
        FunctionValue fn = call.function("fn");
        try {
            return RecordValue.of(Map.of("value", fn.call(Map.of()), "code", new Unsigned(0)));
        } catch (FluxException e) {
            return RecordValue.of(Map.of("code", new Unsigned(3), "msg", e.getMessage()));
        }
    }

    private static Object preview(Arguments call) {
        long rows = call.integer("nrows", 5);
        long tables = call.integer("ntables", 5);
        TableStream input = call.stream("tables");
        return TableStream.derived(call, input, sink -> {
            List<Table> sent = new ArrayList<>();
            input.run(table -> {
                if (sent.size() < tables) {
                    Table part = table.slice(0, (int) Math.min(rows, table.rows()));
                    sent.add(part.slice(0, 0));
                    sink.accept(part);
                }
            });
        });
    }
}
