package candlestack.influxdb.store;

import candlestack.flux.storage.ColumnType;
import java.util.ArrayList;
import java.util.List;

/** Lists of blocks that ascend in time and do not overlap. */
final class Blocks {
    static final Block[] NONE = {};

    /** What the texts of a block come to at most, unless it has only one. */
    private static final long MOST_CHARACTERS = 1 << 20;

    private Blocks() {}

    /** Encodes a run in as few blocks as hold it, all about equally full. */
    static void encode(Run run, List<Block> target) {
        int count = (run.length() + Block.CAPACITY - 1) / Block.CAPACITY;
        for (int i = 0; i < count; i++) {
            int from = (int) ((long) run.length() * i / count);
            int to = (int) ((long) run.length() * (i + 1) / count);
            encodeOne(run.slice(from, to), target);
        }
    }

    /** Encodes a run in one block, unless its texts are so long that reading it would take much memory at once. */
    private static void encodeOne(Run run, List<Block> target) {
        if (run.type() == ColumnType.STRING && run.length() > 1 && characters(run) > MOST_CHARACTERS) {
            encodeOne(run.slice(0, run.length() / 2), target);
            encodeOne(run.slice(run.length() / 2, run.length()), target);
        } else {
            target.add(Block.of(run));
        }
    }

    private static long characters(Run run) {
        String[] texts = (String[]) run.values();
        long sum = 0;
        for (int i = 0; i < run.length(); i++) {
            sum += texts[i].length();
        }
        return sum;
    }

    /** The blocks with a run put in; blocks that the run does not touch stay as they are. */
    static Block[] merge(Block[] blocks, Run run) {
        if (run.length() == 0) {
            return blocks;
        }
        List<Block> merged = new ArrayList<>(blocks.length + 1);
        int from = 0;
        while (from < blocks.length && blocks[from].last() < run.first()) {
            merged.add(blocks[from++]);
        }
        Run pending = run;
        int to = from;
        while (to < blocks.length && blocks[to].first() <= run.last()) {
            Block block = blocks[to++];
            Run decoded = block.decode(run.type());
            int upTo = to < blocks.length ? pending.lowerBound(blocks[to].first()) : pending.length();
            encode(decoded.mergedWith(pending.slice(0, upTo)), merged);
            pending = pending.slice(upTo, pending.length());
        }
        encode(pending, merged);
        while (to < blocks.length) {
            merged.add(blocks[to++]);
        }
        return merged.toArray(NONE);
    }

    /** How many points lie in blocks that a run from {@code first} to {@code last} would be merged into. */
    static long overlapping(Block[] blocks, long first, long last) {
        long points = 0;
        for (int i = blocks.length - 1; i >= 0 && blocks[i].last() >= first; i--) {
            if (blocks[i].first() <= last) {
                points += blocks[i].count();
            }
        }
        return points;
    }

    /** Joins neighbours that fit into one block. */
    static Block[] coalesce(Block[] blocks, ColumnType type) {
        List<Block> joined = new ArrayList<>(blocks.length);
        for (int from = 0; from < blocks.length; ) {
            int to = from + 1;
            int points = blocks[from].count();
            long bytes = blocks[from].length();
            while (to < blocks.length
                    && points + blocks[to].count() <= Block.CAPACITY
                    && bytes + blocks[to].length() <= MOST_CHARACTERS) {
                bytes += blocks[to].length();
                points += blocks[to++].count();
            }
            joined.add(to == from + 1 ? blocks[from] : Block.of(concatenate(blocks, from, to, points, type)));
            from = to;
        }
        return joined.toArray(NONE);
    }

    /** The blocks without the points in [start, stop]. */
    static Block[] without(Block[] blocks, long start, long stop, ColumnType type) {
        List<Block> kept = new ArrayList<>(blocks.length);
        for (Block block : blocks) {
            if (block.last() < start || block.first() > stop) {
                kept.add(block);
            } else if (block.first() < start || block.last() > stop) {
                encode(block.decode(type).without(start, stop), kept);
            }
        }
        return kept.toArray(NONE);
    }

    private static Run concatenate(Block[] blocks, int from, int to, int points, ColumnType type) {
        long[] times = new long[points];
        Object values = Values.newArray(type, points);
        int size = 0;
        for (int i = from; i < to; i++) {
            Run run = blocks[i].decode(type);
            System.arraycopy(run.times(), 0, times, size, run.length());
            Values.copy(run.values(), 0, values, size, run.length());
            size += run.length();
        }
        return new Run(type, points, times, values);
    }
}
