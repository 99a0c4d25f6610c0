package candlestack.influxdb.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The points of a column in a range, run by run, decoded as they are asked for. No run is empty. */
final class ColumnReader implements Iterator<Run> {
    private final Column column;
    private final long start;
    private final long stop;
    private final Deque<Chunk> chunks = new ArrayDeque<>();
    private Block[] blocks = Blocks.NONE;
    private int block;
    private int blockEnd;
    private Run head;
    private int headPosition;
    private Run next;

    /**
     * @param start inclusive
     * @param stop exclusive
     */
    ColumnReader(Column column, long start, long stop) {
        this.column = column;
        this.start = start;
        this.stop = stop;
        this.head = Run.empty(column.type());
        for (Chunk chunk : column.chunks()) {
            if (chunk.partition().start() < stop && chunk.partition().end() > start) {
                chunks.add(chunk);
            }
        }
    }

    /** The last point in the range, or an empty run. */
    static Run last(Column column, long start, long stop) {
        Chunk[] chunks = column.chunks();
        for (int i = chunks.length - 1; i >= 0; i--) {
            if (chunks[i].partition().start() < stop && chunks[i].partition().end() > start) {
                Run last = last(chunks[i].contents(), column, start, stop);
                if (last.length() > 0) {
                    return last;
                }
            }
        }
        return Run.empty(column.type());
    }

    /** Whether the range has a point; decodes a block only where its bounds leave that open. */
    static boolean hasPoints(Column column, long start, long stop) {
        for (Chunk chunk : column.chunks()) {
            for (Block block : chunk.contents().blocks()) {
                if ((block.first() >= start && block.first() < stop)
                        || (block.last() >= start && block.last() < stop)) {
                    return true;
                }
            }
        }
        return new ColumnReader(column, start, stop).hasNext();
    }

    @Override
    public boolean hasNext() {
        while (next == null) {
            if (block < blockEnd) {
                next = nonEmpty(nextBlock());
            } else if (headPosition < head.length()) {
                next = head.slice(headPosition, head.length());
                headPosition = head.length();
            } else if (chunks.isEmpty()) {
                return false;
            } else {
                enter(chunks.remove().contents());
            }
        }
        return true;
    }

    @Override
    public Run next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Run run = next;
        next = null;
        return run;
    }

    private void enter(Chunk.Contents contents) {
        blocks = contents.blocks();
        block = 0;
        while (block < blocks.length && blocks[block].last() < start) {
            block++;
        }
        blockEnd = block;
        while (blockEnd < blocks.length && blocks[blockEnd].first() < stop) {
            blockEnd++;
        }
        head = contents.head().toRun().between(start, stop);
        headPosition = 0;
    }

    /** The next block together with the head's points before the block after it. */
    private Run nextBlock() {
        Run run = blocks[block++].decode(column.type()).between(start, stop);
        if (headPosition == head.length()) {
            return run;
        }
        boolean lastBlock = block == blockEnd;
        if (lastBlock && run.length() > 0 && head.times()[headPosition] > run.last()) {
            return run;
        }
        int end = lastBlock ? head.length() : head.lowerBound(blocks[block].first());
        Run merged = run.mergedWith(head.slice(headPosition, end));
        headPosition = end;
        return merged;
    }

    private static Run last(Chunk.Contents contents, Column column, long start, long stop) {
        Run newest = contents.head().last(start, stop);
        Block[] blocks = contents.blocks();
        for (int i = blocks.length - 1; i >= 0; i--) {
            if (newest.length() > 0 && blocks[i].last() <= newest.first()) {
                return newest;
            }
            Run last = lastOf(blocks[i], column, start, stop);
            if (last.length() > 0) {
                boolean newer = newest.length() > 0 && newest.first() >= last.first();
                return newer ? newest : last;
            }
        }
        return newest;
    }

    private static Run lastOf(Block block, Column column, long start, long stop) {
        if (block.last() >= start && block.last() < stop) {
            return block.lastPoint(column.type());
        }
        if (!block.overlaps(start, stop)) {
            return Run.empty(column.type());
        }
        Run run = block.decode(column.type()).between(start, stop);
        return run.length() == 0 ? run : run.slice(run.length() - 1, run.length());
    }

    private static Run nonEmpty(Run run) {
        return run.length() == 0 ? null : run;
    }
}
