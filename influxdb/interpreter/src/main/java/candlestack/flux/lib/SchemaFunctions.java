package candlestack.flux.lib;

import candlestack.flux.eval.Arguments;
import candlestack.flux.stream.Bounds;
import candlestack.flux.stream.RowPredicate;
import candlestack.flux.stream.StorageStream;
import candlestack.flux.stream.TableBuilder;
import candlestack.flux.stream.TableStream;
import candlestack.flux.table.DataType;
import candlestack.flux.table.GroupKey;
import candlestack.flux.value.Span;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/** What a bucket holds: answered by the store, without reading points. */
final class SchemaFunctions {
    private static final Span THIRTY_DAYS = new Span(0, 30 * 86_400_000_000_000L, true);

    private SchemaFunctions() {}

    static void register(PackageDefinition schema) {
        schema.function(
                        "_tagKeys",
                        "bucket, predicate, start, ?stop",
                        call -> list(call, source -> {
                            SortedSet<String> keys = new TreeSet<>(
                                    StorageStream.storage(call.query()).tagKeys(source.request()));
                            keys.add("_start");
                            keys.add("_stop");
                            return keys;
                        }))
                .function(
                        "_tagValues",
                        "bucket, tag, predicate, start, ?stop",
                        call -> list(
                                call,
                                source -> StorageStream.storage(call.query())
                                        .tagValues(source.request(), call.string("tag"))));
    }

    private static Object list(Arguments call, Function<StorageStream, SortedSet<String>> values) {
        long start = call.has("start")
                ? call.bound("start").nanos()
                : call.query().now().nanos() + THIRTY_DAYS.signedNanos();
        long stop = call.has("stop")
                ? call.bound("stop").nanos()
                : call.query().now().nanos();
        RowPredicate predicate = RowPredicate.of(call.function("predicate"));
        if (predicate.residue().isPresent()) {
            throw call.unsupported("predicate", "with other conditions than on tags");
        }
        StorageStream source = new StorageStream(call.query(), call.position(), call.string("bucket"))
                .within(new Bounds(start, Math.max(start, stop)))
                .where(predicate.storage());
        return new TableStream(call.query(), call.position(), Optional.empty(), sink -> {
            TableBuilder rows = new TableBuilder(GroupKey.EMPTY, call.query());
            rows.column("_value", DataType.STRING);
            for (String value : values.apply(source)) {
                rows.column("_value", DataType.STRING).add((Object) value);
                rows.endRow();
            }
            sink.accept(rows.build());
        });
    }
}
