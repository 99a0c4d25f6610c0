package candlestack.influxdb.store;

import candlestack.flux.storage.ColumnType;

/** The points of one column in one time partition. Written under the store's lock; read without it. */
final class Chunk {
    /** A head that overlaps blocks is merged once it has this share of the points it would rewrite: 1 in 4. */
    private static final int REWRITE_FACTOR = 4;

    private final ColumnType type;
    private final Partition partition;
    private volatile Contents contents;

    Chunk(ColumnType type, Partition partition) {
        this.type = type;
        this.partition = partition;
        this.contents = new Contents(Blocks.NONE, new Head(type));
    }

    /** What a reader sees at one moment. */
    @SuppressWarnings("ArrayRecordComponent") // shared on purpose and never compared
    record Contents(Block[] blocks, Head head) {}

    Partition partition() {
        return partition;
    }

    Contents contents() {
        return contents;
    }

    void put(long time, long bits, String text) {
        Head head = contents.head();
        head.put(time, bits, text);
        int size = head.size();
        if (size % Block.CAPACITY == 0 && Integer.bitCount(size / Block.CAPACITY) == 1) {
            sealIfCheap(); // at 1, 2, 4.. times a full block: a head that must wait is not sorted again and again
        }
    }

    void install(Block[] blocks) {
        contents = new Contents(blocks, new Head(type));
    }

    /** Moves all points into blocks. */
    void seal() {
        Contents now = contents;
        if (now.head().size() > 0) {
            install(Blocks.merge(now.blocks(), now.head().toRun()));
        }
    }

    /**
     * Replaces blocks that have been saved by those of the saved file. Blocks that came since follow them; if the saved
     * ones have been rewritten since, all stays as it is.
     */
    void replace(Block[] saved, Block[] mapped) {
        Contents now = contents;
        Block[] blocks = now.blocks();
        if (blocks.length < saved.length) {
            return;
        }
        for (int i = 0; i < saved.length; i++) {
            if (blocks[i] != saved[i]) {
                return;
            }
        }
        Block[] replaced = new Block[mapped.length + blocks.length - saved.length];
        System.arraycopy(mapped, 0, replaced, 0, mapped.length);
        System.arraycopy(blocks, saved.length, replaced, mapped.length, blocks.length - saved.length);
        contents = new Contents(replaced, now.head());
    }

    /** Removes the points in [start, stop]. */
    void delete(long start, long stop) {
        seal();
        install(Blocks.without(contents.blocks(), start, stop, type));
    }

    boolean isEmpty() {
        Contents now = contents;
        return now.blocks().length == 0 && now.head().size() == 0;
    }

    private void sealIfCheap() {
        Contents now = contents;
        Run run = now.head().toRun();
        long rewritten = Blocks.overlapping(now.blocks(), run.first(), run.last());
        if (rewritten <= (long) run.length() * REWRITE_FACTOR) {
            install(Blocks.merge(now.blocks(), run));
        }
    }
}
