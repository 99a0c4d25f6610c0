package candlestack.influxdb.store;

import candlestack.flux.storage.ColumnType;
import candlestack.influxdb.codec.ByteSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The numbers of the columns, in a file of their own that is written before anything refers to a number. Used under the
 * store's lock.
 */
final class Registry implements AutoCloseable {
    private static final String NAME = "columns.log";

    private final Journal journal;
    /** By number; a bucket that is gone leaves only the type. */
    private final List<Column> columns;

    private final List<ColumnType> types;
    private final ByteSink record = new ByteSink(256);

    private Registry(Journal journal, List<Column> columns, List<ColumnType> types) {
        this.journal = journal;
        this.columns = columns;
        this.types = types;
    }

    static Registry open(Path directory, Map<Long, BucketStore> buckets) {
        List<Column> columns = new ArrayList<>();
        List<ColumnType> types = new ArrayList<>();
        Journal journal = Journal.open(directory.resolve(NAME), payload -> {
            ColumnDefinition definition = ColumnDefinition.readFrom(payload);
            while (columns.size() <= definition.id()) {
                columns.add(null);
                types.add(null);
            }
            BucketStore bucket = buckets.get(definition.bucket());
            types.set(definition.id(), definition.type());
            columns.set(definition.id(), bucket == null ? null : indexed(definition, bucket));
            return true;
        });
        return new Registry(journal, columns, types);
    }

    /** Makes the column of a field that has none. */
    Column create(BucketStore bucket, Series series, String field, ColumnType type) throws IOException {
        int id = columns.size();
        Journal.begin(record);
        new ColumnDefinition(id, bucket.id(), type, series.name(), field).writeTo(record);
        journal.append(record);
        Column column = new Column(id, series, field, type);
        columns.add(column);
        types.add(type);
        bucket.add(column);
        return column;
    }

    boolean knows(int id) {
        return id >= 0 && id < types.size() && types.get(id) != null;
    }

    ColumnType type(int id) {
        return types.get(id);
    }

    /** The column, or null if the index has forgotten it. */
    Column column(int id) {
        Column column = columns.get(id);
        return column == null || column.isDropped() ? null : column;
    }

    void sync() throws IOException {
        journal.sync();
    }

    /** Whether most of the file speaks of columns that are gone. */
    boolean isMostlyDead() {
        int live = 0;
        for (int id = 0; id < columns.size(); id++) {
            live += column(id) == null ? 0 : 1;
        }
        return columns.size() - live > Math.max(10_000, live);
    }

    /** The same with a file of the living columns only; no log may refer to the dead ones any more. */
    Registry compacted(Path directory, Map<Long, BucketStore> buckets) throws IOException {
        close();
        Path fresh = directory.resolve(NAME + ".new");
        Files.deleteIfExists(fresh);
        ByteSink record = new ByteSink(256);
        try (Journal journal = Journal.open(fresh, payload -> true)) {
            for (BucketStore bucket : buckets.values()) {
                for (Column column : bucket.allColumns()) {
                    Journal.begin(record);
                    new ColumnDefinition(
                                    column.id(),
                                    bucket.id(),
                                    column.type(),
                                    column.series().name(),
                                    column.field())
                            .writeTo(record);
                    journal.append(record);
                }
            }
        }
        Files.move(fresh, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        DurableFiles.syncDirectory(directory);
        return new Registry(Journal.open(directory.resolve(NAME), payload -> true), columns, types);
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }

    private static Column indexed(ColumnDefinition definition, BucketStore bucket) {
        Series series = bucket.seriesFor(definition.series());
        Column column = new Column(definition.id(), series, definition.field(), definition.type());
        bucket.add(column);
        return column;
    }
}
