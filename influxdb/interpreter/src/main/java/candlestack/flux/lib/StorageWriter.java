package candlestack.flux.lib;

import candlestack.flux.FluxException;
import candlestack.flux.eval.Arguments;
import candlestack.flux.storage.Block;
import candlestack.flux.storage.ColumnType;
import candlestack.flux.storage.Series;
import candlestack.flux.storage.StorageException;
import candlestack.flux.stream.RowRecord;
import candlestack.flux.stream.StorageStream;
import candlestack.flux.stream.TableStream;
import candlestack.flux.table.Column;
import candlestack.flux.table.ColumnMeta;
import candlestack.flux.table.DataType;
import candlestack.flux.table.Table;
import candlestack.flux.value.Null;
import candlestack.flux.value.RecordValue;
import candlestack.flux.value.Time;
import candlestack.flux.value.Unsigned;
import candlestack.flux.value.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What {@code to} does: rows to points, handed to the store. */
final class StorageWriter {
    private final Arguments call;
    private final String bucket;
    private final boolean wide;
    private final Map<SeriesName, List<Point>> points = new LinkedHashMap<>();

    private record SeriesName(SortedMap<String, String> tags, ColumnType type) {}

    private record Point(long time, Object value) {}

    private StorageWriter(Arguments call, boolean wide) {
        this.call = call;
        this.bucket = Sources.bucket(call);
        this.wide = wide;
    }

    static Object to(Arguments call) {
        return stream(call, false);
    }

    /** Every column that is no tag is a field. */
    static Object wideTo(Arguments call) {
        return stream(call, true);
    }

    private static TableStream stream(Arguments call, boolean wide) {
        call.refuse("host");
        call.refuse("token");
        TableStream input = call.stream("tables");
        return TableStream.derived(
                call,
                input,
                sink -> input.run(table -> {
                    new StorageWriter(call, wide).write(table);
                    sink.accept(table);
                }));
    }

    private void write(Table table) {
        String timeColumn = call.string("timeColumn", "_time");
        String measurementColumn = call.string("measurementColumn", "_measurement");
        Column times = Calls.column(call, table, timeColumn);
        Column measurements = Calls.column(call, table, measurementColumn);
        List<String> tags = tags(table, Set.of(timeColumn, measurementColumn));
        for (int row = 0; row < table.rows(); row++) {
            call.query().check();
            if (times.isNull(row) || measurements.isNull(row)) {
                throw FluxException.invalid(call.function() + ": a row has no time or no measurement");
            }
            SortedMap<String, String> names = new TreeMap<>();
            for (String tag : tags) {
                Object value = table.column(table.indexOf(tag)).get(row);
                if (value != null && !value.equals("")) {
                    names.put(tag, (String) value);
                }
            }
            names.put(Series.MEASUREMENT, (String) measurements.get(row));
            addFields(table, row, names, times.longAt(row));
        }
        flush();
    }

    private List<String> tags(Table table, Set<String> others) {
        if (call.has("tagColumns")) {
            return call.strings("tagColumns").stream().filter(table::has).toList();
        }
        List<String> tags = new ArrayList<>();
        for (ColumnMeta meta : table.metas()) {
            boolean internal = meta.label().equals("_field") || meta.label().equals("_value");
            boolean tag = wide ? table.key().has(meta.label()) : !internal;
            if (tag && meta.type() == DataType.STRING && !others.contains(meta.label())) {
                tags.add(meta.label());
            }
        }
        return tags;
    }

    private void addFields(Table table, int row, SortedMap<String, String> tags, long time) {
        if (call.has("fieldFn")) {
            Object fields = call.function("fieldFn").call("r", new RowRecord(table, row));
            if (!(fields instanceof RecordValue record)) {
                throw call.wrongType("fieldFn", "a function that returns a record", fields);
            }
            record.names().forEach(name -> add(tags, name, record.get(name), time));
        } else if (wide) {
            for (ColumnMeta meta : table.metas()) {
                if (!table.key().has(meta.label()) && meta.type() != DataType.TIME && !tags.containsKey(meta.label())) {
                    add(
                            tags,
                            meta.label(),
                            table.column(table.indexOf(meta.label())).get(row),
                            time);
                }
            }
        } else {
            Object field = Calls.column(call, table, "_field").get(row);
            add(tags, (String) field, Calls.column(call, table, "_value").get(row), time);
        }
    }

    private void add(SortedMap<String, String> tags, String field, Object value, long time) {
        if (value == null || value instanceof Null || field == null) {
            return;
        }
        DataType type = Values.columnType(value)
                .orElseThrow(() -> FluxException.invalid("cannot write a value of type " + Values.typeName(value)));
        Object stored = value instanceof Time instant ? (Object) instant.nanos() : value;
        ColumnType columnType = type == DataType.TIME ? ColumnType.INTEGER : ColumnType.valueOf(type.name());
        SortedMap<String, String> name = new TreeMap<>(tags);
        name.put(Series.FIELD, field);
        points.computeIfAbsent(new SeriesName(name, columnType), n -> new ArrayList<>())
                .add(new Point(time, stored));
    }

    private void flush() {
        List<Series> series = new ArrayList<>();
        points.forEach((name, list) -> {
            list.sort((a, b) -> Long.compare(a.time(), b.time()));
            series.add(new Series(
                    Collections.unmodifiableSortedMap(name.tags()),
                    name.type(),
                    List.of(block(name.type(), list)).iterator()));
        });
        try {
            StorageStream.storage(call.query()).write(bucket, series);
        } catch (StorageException e) {
            throw StorageStream.translated(e);
        }
    }

    private static Block block(ColumnType type, List<Point> points) {
        int size = points.size();
        long[] times = points.stream().mapToLong(Point::time).toArray();
        return switch (type) {
            case FLOAT ->
                new Block(
                        size,
                        times,
                        points.stream().mapToDouble(p -> (Double) p.value()).toArray());
            case STRING ->
                new Block(size, times, points.stream().map(Point::value).toArray(String[]::new));
            case BOOLEAN -> new Block(size, times, booleans(points));
            default ->
                new Block(
                        size,
                        times,
                        points.stream().mapToLong(StorageWriter::bits).toArray());
        };
    }

    private static long bits(Point point) {
        return point.value() instanceof Unsigned unsigned ? unsigned.bits() : (Long) point.value();
    }

    private static boolean[] booleans(List<Point> points) {
        boolean[] values = new boolean[points.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (Boolean) points.get(i).value();
        }
        return values;
    }
}
