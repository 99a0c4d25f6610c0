package candlestack.flux.lib;

import candlestack.flux.FluxException;
import candlestack.flux.csv.CsvParser;
import candlestack.flux.eval.Arguments;
import candlestack.flux.storage.Bucket;
import candlestack.flux.stream.ColumnBuilder;
import candlestack.flux.stream.StorageStream;
import candlestack.flux.stream.TableBuilder;
import candlestack.flux.stream.TableStream;
import candlestack.flux.table.DataType;
import candlestack.flux.table.GroupKey;
import candlestack.flux.table.Table;
import candlestack.flux.value.FunctionValue;
import candlestack.flux.value.Null;
import candlestack.flux.value.RecordValue;
import candlestack.flux.value.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where tables come from: buckets, arrays, CSV. */
final class Sources {
    private Sources() {}

    static void register(PackageDefinition universe) {
        universe.function("from", "?bucket, ?bucketID, ?host, ?org, ?orgID, ?token", Sources::from)
                .function("buckets", "?host, ?org, ?orgID, ?token", Sources::buckets)
                .function(
                        "to",
                        "<-tables, ?bucket, ?bucketID, ?host, ?org, ?orgID, ?token, ?timeColumn,"
                                + " ?tagColumns, ?measurementColumn, ?fieldFn",
                        StorageWriter::to);
    }

    private static Object from(Arguments call) {
        call.refuse("host");
        call.refuse("token");
        return new StorageStream(call.query(), call.position(), bucket(call));
    }

    /** The name of the bucket a call names or identifies. */
    static String bucket(Arguments call) {
        if (call.has("bucket")) {
            return call.string("bucket");
        }
        if (!call.has("bucketID")) {
            throw FluxException.invalid(call.position(), call.function() + ": must be given bucket or bucketID");
        }
        String id = call.string("bucketID");
        return StorageStream.storage(call.query()).buckets().stream()
                .filter(bucket -> bucket.id().equals(id))
                .map(Bucket::name)
                .findFirst()
                .orElseThrow(() -> new FluxException(
                        FluxException.Kind.NOT_FOUND, call.position(), "there is no bucket with the id '" + id + "'"));
    }

    private static Object buckets(Arguments call) {
        call.refuse("host");
        call.refuse("token");
        return new TableStream(call.query(), call.position(), Optional.empty(), sink -> {
            TableBuilder table = new TableBuilder(GroupKey.EMPTY, call.query());
            for (Bucket bucket : StorageStream.storage(call.query()).buckets()) {
                table.column("name", DataType.STRING).add((Object) bucket.name());
                table.column("id", DataType.STRING).add((Object) bucket.id());
                table.column("organizationID", DataType.STRING).add((Object) bucket.organizationId());
                table.column("retentionPolicy", DataType.STRING).add((Object) "");
                table.column("retentionPeriod", DataType.INTEGER)
                        .add(bucket.retention().toNanos());
                table.endRow();
            }
            sink.accept(table.build());
        });
    }

    /** A table of records. */
    static Object fromRecords(Arguments call) {
        List<?> rows = call.list("rows");
        return new TableStream(
                call.query(), call.position(), Optional.empty(), sink -> sink.accept(records(call, rows)));
    }

    private static Table records(Arguments call, List<?> rows) {
        if (rows.isEmpty()) {
            throw call.invalid("rows", "must not be empty");
        }
        TableBuilder table = new TableBuilder(GroupKey.EMPTY, call.query());
        for (Object row : rows) {
            if (!(row instanceof RecordValue record)) {
                throw call.wrongType("rows", "array of records", row);
            }
            addRecord(table, record);
        }
        return table.build();
    }

    /** Adds a record as a row; a missing value of no known type adds no column. */
    static void addRecord(TableBuilder table, RecordValue record) {
        for (String name : record.names()) {
            Object value = record.get(name);
            Optional<DataType> type = Values.columnType(value);
            if (type.isPresent()) {
                ColumnBuilder column = table.column(name, type.get());
                column.add(Values.toColumn(value));
            } else if (value != Null.UNKNOWN) {
                throw FluxException.invalid(
                        "a column cannot hold a value of type " + Values.typeName(value) + " ('" + name + "')");
            }
        }
        table.endRow();
    }

    static Object fromCsv(Arguments call) {
        call.refuse("file");
        call.refuse("url");
        String mode = call.string("mode", "annotations");
        String text = call.string("csv");
        boolean raw = mode.equals("raw");
        if (!raw && !mode.equals("annotations")) {
            throw call.invalid("mode", "must be \"annotations\" or \"raw\"");
        }
        return new TableStream(
                call.query(),
                call.position(),
                Optional.empty(),
                sink -> new CsvParser(text, call.query(), raw).parse(sink));
    }

    /** Rows that a function makes. */
    static Object generate(Arguments call) {
        long count = call.integer("count");
        FunctionValue fn = call.function("fn");
        long start = call.time("start").nanos();
        long stop = call.time("stop").nanos();
        long step = count == 0 ? 0 : (stop - start) / count;
        return new TableStream(call.query(), call.position(), Optional.empty(), sink -> {
            TableBuilder table = new TableBuilder(GroupKey.EMPTY, call.query());
            for (long n = 0; n < count; n++) {
                call.query().check();
                table.column("_time", DataType.TIME).add(start + n * step);
                table.column("_value", DataType.INTEGER).add(Values.toColumn(fn.call(Map.of("n", n))));
                table.endRow();
            }
            sink.accept(table.build());
        });
    }
}
