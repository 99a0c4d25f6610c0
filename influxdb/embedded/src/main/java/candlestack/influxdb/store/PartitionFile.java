package candlestack.influxdb.store;

import candlestack.influxdb.codec.ByteSink;
import candlestack.influxdb.codec.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A file of blocks that never changes: the blocks, then an index of them by column, then the index' place, size and
 * checksum. A block's own checksum is in the index.
 */
final class PartitionFile {
    private static final long MAGIC = 0x3130_5452_4150_5343L; // "CSPART01"
    private static final int FOOTER = 24;
    /** A file is mapped whole. */
    static final long LARGEST = 1L << 30;

    private PartitionFile() {}

    /** A column's blocks in a file. */
    @SuppressWarnings("ArrayRecordComponent") // shared on purpose and never compared
    record Entry(int column, Block[] blocks) {}

    /** Writes the file and forces it to the disk; returns the same entries with the blocks of the mapped file. */
    static List<Entry> write(Path path, List<Entry> entries) throws IOException {
        try (FileChannel channel = FileChannel.open(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            ByteSink index = new ByteSink(entries.size() * 64);
            int position = 0;
            index.putVarLong(entries.size());
            for (Entry entry : entries) {
                index.putVarLong(entry.column());
                index.putVarLong(entry.blocks().length);
                for (Block block : entry.blocks()) {
                    writeFully(channel, block.bytes());
                    put(index, block.address(position));
                    position += block.length();
                }
            }
            writeIndex(channel, index, position);
            channel.force(true);
            return read(channel, path);
        }
    }

    static List<Entry> read(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            return read(channel, path);
        }
    }

    private static void writeIndex(FileChannel channel, ByteSink index, int position) throws IOException {
        int length = index.size();
        CRC32C crc = new CRC32C();
        crc.update(index.array(), 0, length);
        index.putInt(position);
        index.putInt(length);
        index.putInt((int) crc.getValue());
        index.putInt(0);
        index.putLong(MAGIC);
        writeFully(channel, ByteBuffer.wrap(index.array(), 0, index.size()));
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static List<Entry> read(FileChannel channel, Path path) throws IOException {
        ByteBuffer file =
                channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()).order(ByteOrder.LITTLE_ENDIAN);
        int footer = file.limit() - FOOTER;
        if (footer < 0 || file.getLong(footer + 16) != MAGIC) {
            throw new CorruptStoreException("Cannot read " + path + ": it is no partition file or not a whole one");
        }
        int position = file.getInt(footer);
        int length = file.getInt(footer + 4);
        if (position < 0 || length < 0 || position + (long) length != footer) {
            throw new CorruptStoreException("Cannot read " + path + ": its index is damaged");
        }
        CRC32C crc = new CRC32C();
        crc.update(file.slice(position, length));
        if ((int) crc.getValue() != file.getInt(footer + 8)) {
            throw new CorruptStoreException("Cannot read " + path + ": its index is damaged (checksum)");
        }
        return entries(new ByteSource(file, position), file);
    }

    private static List<Entry> entries(ByteSource index, ByteBuffer file) {
        int count = index.readVarInt();
        List<Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int column = index.readVarInt();
            Block[] blocks = new Block[index.readVarInt()];
            for (int j = 0; j < blocks.length; j++) {
                blocks[j] = Block.mapped(address(index), file);
            }
            entries.add(new Entry(column, blocks));
        }
        return entries;
    }

    private static void put(ByteSink index, BlockAddress address) {
        index.putLong(address.first());
        index.putVarLong(address.last() - address.first());
        index.putVarLong(address.count());
        index.putLong(address.lastBits());
        index.putInt(address.position());
        index.putVarLong(address.length());
        index.putInt(address.checksum());
    }

    private static BlockAddress address(ByteSource index) {
        long first = index.readLong();
        long last = first + index.readVarLong();
        int count = index.readVarInt();
        long lastBits = index.readLong();
        int position = index.readInt();
        int length = index.readVarInt();
        return new BlockAddress(first, last, count, lastBits, position, length, index.readInt());
    }
}
