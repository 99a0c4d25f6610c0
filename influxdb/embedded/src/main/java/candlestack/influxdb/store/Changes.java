package candlestack.influxdb.store;

import candlestack.flux.storage.ColumnType;
import candlestack.influxdb.codec.ByteSink;
import candlestack.influxdb.codec.ByteSource;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The records of the log: what they hold and what they do. Used under the store's lock. */
final class Changes {
    private static final int WRITE = 1;
    private static final int DELETE = 2;

    private final Registry registry;

    Changes(Registry registry) {
        this.registry = registry;
    }

    /** A batch whose columns are all known. */
    static void encodeWrite(PointBatch batch, ByteSink sink) {
        Journal.begin(sink);
        sink.putByte(WRITE);
        sink.putVarLong(batch.values);
        long previous = 0;
        int value = 0;
        for (int point = 0; point < batch.points; point++) {
            for (; value < batch.ends[point]; value++) {
                sink.putVarLong(batch.columns[value].id());
                sink.putSignedVarLong(batch.times[point] - previous);
                previous = batch.times[point];
                encodeValue(batch, value, sink);
            }
        }
    }

    static void encodeDelete(List<Column> columns, long start, long stop, ByteSink sink) {
        Journal.begin(sink);
        sink.putByte(DELETE);
        sink.putLong(start);
        sink.putLong(stop);
        sink.putVarLong(columns.size());
        columns.forEach(column -> sink.putVarLong(column.id()));
    }

    static void apply(BucketStore bucket, PointBatch batch) {
        int value = 0;
        for (int point = 0; point < batch.points; point++) {
            long time = batch.times[point];
            Partition partition = bucket.partition(time);
            partition.markDirty();
            for (; value < batch.ends[point]; value++) {
                batch.columns[value].put(partition, time, batch.bits[value], batch.texts[value]);
            }
        }
    }

    /** Removes the points in [start, stop]. */
    static void applyDelete(List<Column> columns, long start, long stop) {
        for (Column column : columns) {
            for (Chunk chunk : column.chunks()) {
                Partition partition = chunk.partition();
                if (partition.start() <= stop && partition.end() > start) {
                    chunk.delete(start, stop);
                    partition.markDirty();
                }
            }
            column.removeEmptyChunks();
        }
    }

    /** Does again what a record says; false if it refers to columns that are not known, as a torn log may. */
    boolean replay(ByteSource payload) {
        int kind = payload.readByte();
        return switch (kind) {
            case WRITE -> replayWrite(payload);
            case DELETE -> replayDelete(payload);
            default -> throw new CorruptStoreException("Cannot replay the log: unknown kind of record " + kind);
        };
    }

    private boolean replayWrite(ByteSource payload) {
        int count = payload.readVarInt();
        long time = 0;
        for (int i = 0; i < count; i++) {
            int id = payload.readVarInt();
            if (!registry.knows(id)) {
                return false;
            }
            time += payload.readSignedVarLong();
            ColumnType type = registry.type(id);
            String text = type == ColumnType.STRING ? new String(payload.readSized(), StandardCharsets.UTF_8) : null;
            long bits = type == ColumnType.STRING ? 0 : decodeBits(type, payload);
            Column column = registry.column(id);
            if (column != null) {
                Partition partition = column.series().bucket().partition(time);
                partition.markDirty();
                column.put(partition, time, bits, text);
            }
        }
        return true;
    }

    private boolean replayDelete(ByteSource payload) {
        long start = payload.readLong();
        long stop = payload.readLong();
        int count = payload.readVarInt();
        for (int i = 0; i < count; i++) {
            int id = payload.readVarInt();
            if (!registry.knows(id)) {
                return false;
            }
            Column column = registry.column(id);
            if (column != null) {
                applyDelete(List.of(column), start, stop);
            }
        }
        return true;
    }

    private static void encodeValue(PointBatch batch, int value, ByteSink sink) {
        switch (batch.columns[value].type()) {
            case FLOAT -> sink.putLong(batch.bits[value]);
            case INTEGER, UNSIGNED -> sink.putSignedVarLong(batch.bits[value]);
            case BOOLEAN -> sink.putByte((int) batch.bits[value]);
            case STRING -> sink.putSized(batch.texts[value].getBytes(StandardCharsets.UTF_8));
        }
    }

    private static long decodeBits(ColumnType type, ByteSource payload) {
        return switch (type) {
            case FLOAT -> payload.readLong();
            case BOOLEAN -> payload.readByte();
            default -> payload.readSignedVarLong();
        };
    }
}
