package candlestack.influxdb.store;

import candlestack.flux.storage.ColumnType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One field of one series. Written under the store's lock; read without it. */
public final class Column {
    private static final Chunk[] NO_CHUNKS = {};

    private final int id;
    private final Series series;
    private final String field;
    private final byte[] fieldBytes;
    private final ColumnType type;
    /** Ascending in time. */
    private volatile Chunk[] chunks = NO_CHUNKS;

    private Chunk current;
    private volatile boolean dropped;

    Column(int id, Series series, String field, ColumnType type) {
        this.id = id;
        this.series = series;
        this.field = field;
        this.fieldBytes = field.getBytes(StandardCharsets.UTF_8);
        this.type = type;
    }

    public ColumnType type() {
        return type;
    }

    int id() {
        return id;
    }

    Series series() {
        return series;
    }

    String field() {
        return field;
    }

    boolean isNamed(byte[] bytes, int from, int to) {
        return Arrays.equals(fieldBytes, 0, fieldBytes.length, bytes, from, to);
    }

    Chunk[] chunks() {
        return chunks;
    }

    void put(Partition partition, long time, long bits, String text) {
        Chunk chunk = current;
        if (chunk == null || chunk.partition() != partition) {
            chunk = chunk(partition);
            current = chunk;
        }
        chunk.put(time, bits, text);
    }

    Chunk chunk(Partition partition) {
        Chunk[] now = chunks;
        int at = 0;
        while (at < now.length && now[at].partition().start() < partition.start()) {
            at++;
        }
        if (at < now.length && now[at].partition() == partition) {
            return now[at];
        }
        Chunk[] more = new Chunk[now.length + 1];
        System.arraycopy(now, 0, more, 0, at);
        System.arraycopy(now, at, more, at + 1, now.length - at);
        more[at] = partition.add(this);
        chunks = more;
        return more[at];
    }

    void removeEmptyChunks() {
        chunks = Arrays.stream(chunks).filter(chunk -> !chunk.isEmpty()).toArray(Chunk[]::new);
        current = null;
    }

    void removeChunksOf(Partition partition) {
        chunks = Arrays.stream(chunks)
                .filter(chunk -> chunk.partition() != partition)
                .toArray(Chunk[]::new);
        current = null;
    }

    /** Without any point: to be forgotten. */
    boolean isEmpty() {
        return chunks.length == 0;
    }

    /** Whether the index has forgotten this column; a writer that still holds it must look again. */
    boolean isDropped() {
        return dropped;
    }

    void drop() {
        dropped = true;
    }
}
