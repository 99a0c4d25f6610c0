package candlestack.influxdb.store;

import candlestack.flux.storage.ColumnType;
import candlestack.influxdb.codec.ByteSource;
import candlestack.influxdb.codec.PointCodec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Compressed points, in memory or in a mapped file. Immutable. */
final class Block {
    /** Points a block holds when it is full. */
    static final int CAPACITY = 1024;

    private final long first;
    private final long last;
    private final int count;
    private final long lastBits;
    private final ByteBuffer buffer;
    private final int position;
    private final int length;
    private final int checksum;
    private volatile boolean verified;

    private Block(BlockAddress address, ByteBuffer buffer) {
        this.first = address.first();
        this.last = address.last();
        this.count = address.count();
        this.lastBits = address.lastBits();
        this.position = address.position();
        this.length = address.length();
        this.checksum = address.checksum();
        this.buffer = buffer;
    }

    /** @param run not empty */
    static Block of(Run run) {
        byte[] bytes = PointCodec.encode(run.type(), run.times(), run.values(), run.length());
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        int end = run.length() - 1;
        long lastBits = run.type() == ColumnType.STRING ? 0 : Values.toBits(run.type(), run.values(), end);
        BlockAddress address = new BlockAddress(
                run.first(), run.last(), run.length(), lastBits, 0, bytes.length, (int) crc.getValue());
        Block block = new Block(address, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        block.verified = true;
        return block;
    }

    /** A block of a mapped file; its checksum is held against its bytes when it is first decoded. */
    static Block mapped(BlockAddress address, ByteBuffer file) {
        return new Block(address, file);
    }

    Run decode(ColumnType type) {
        verify();
        long[] times = new long[count];
        Object values = Values.newArray(type, count);
        PointCodec.decode(type, new ByteSource(buffer, position), times, values, count);
        return new Run(type, count, times, values);
    }

    /** The last point alone, which the index has for all but strings. */
    Run lastPoint(ColumnType type) {
        if (type == ColumnType.STRING) {
            return decode(type).slice(count - 1, count);
        }
        Object value = Values.newArray(type, 1);
        Values.fromBits(type, new long[] {lastBits}, new int[] {0}, 1, value);
        return new Run(type, 1, new long[] {last}, value);
    }

    long first() {
        return first;
    }

    long last() {
        return last;
    }

    int count() {
        return count;
    }

    int length() {
        return length;
    }

    /** The encoded bytes, ready to be written elsewhere. */
    ByteBuffer bytes() {
        return buffer.slice(position, length);
    }

    BlockAddress address(int at) {
        return new BlockAddress(first, last, count, lastBits, at, length, checksum);
    }

    boolean overlaps(long start, long stop) {
        return first < stop && last >= start;
    }

    private void verify() {
        if (verified) {
            return;
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes());
        if ((int) crc.getValue() != checksum) {
            throw new CorruptStoreException("Cannot read points from " + first + " to " + last
                    + ": the partition file is damaged (checksum of a block). Restore the folder from a backup.");
        }
        verified = true;
    }
}
