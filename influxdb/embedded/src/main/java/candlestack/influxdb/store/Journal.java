package candlestack.influxdb.store;

import candlestack.influxdb.codec.ByteSink;
import candlestack.influxdb.codec.ByteSource;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An append-only file of records, each with its length and checksum. What the operating system has taken survives the
 * process; a record that was being written when the process died is cut when the file is opened again.
 *
 * <p>Writes do not react to interrupts, so that no caller can close the file by accident. {@link #append} and {@link
 * #truncate} belong to one writer at a time; {@link #sync} may run beside them.
 */
final class Journal implements AutoCloseable {
    static final int HEADER = 8;
    private static final Logger log = LoggerFactory.getLogger(Journal.class);

    private final Path path;
    private final RandomAccessFile file;
    private volatile long length;
    private volatile long synced;

    private Journal(Path path, RandomAccessFile file, long length) {
        this.path = path;
        this.file = file;
        this.length = length;
        this.synced = length;
    }

    /** Takes one record; false if it makes no sense, which counts as a torn tail. */
    interface Reader {
        boolean read(ByteSource payload);
    }

    /** Opens or makes the file, hands every whole record to the reader and cuts what is left. */
    static Journal open(Path path, Reader reader) {
        try {
            long whole = Files.exists(path) ? replay(path, reader) : 0;
            RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
            long torn = file.length() - whole;
            if (torn > 0) {
                log.warn("Cut {} bytes off {}: the last record was not complete", torn, path.getFileName());
                file.setLength(whole);
            }
            file.seek(whole);
            return new Journal(path, file, whole);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open " + path + ": " + e.getMessage(), e);
        }
    }

    /** Reads the records of a file that nothing is appended to any more; returns the bytes of whole records. */
    static long replay(Path path, Reader reader) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
                    .order(ByteOrder.LITTLE_ENDIAN);
            int position = 0;
            while (isWhole(bytes, position)) {
                int size = bytes.getInt(position);
                ByteBuffer payload = bytes.slice(position + HEADER, size).order(ByteOrder.LITTLE_ENDIAN);
                if (!reader.read(new ByteSource(payload, 0))) {
                    break;
                }
                position += HEADER + size;
            }
            return position;
        }
    }

    /** Starts a record in {@code sink}; {@link #append} fills in what is left out here. */
    static void begin(ByteSink sink) {
        sink.clear();
        sink.putLong(0);
    }

    /** Writes the record that was begun in {@code sink}; on failure the file is as it was. */
    void append(ByteSink sink) throws IOException {
        CRC32C crc = new CRC32C();
        crc.update(sink.array(), HEADER, sink.size() - HEADER);
        sink.overwriteInt(0, sink.size() - HEADER);
        sink.overwriteInt(4, (int) crc.getValue());
        long before = length;
        try {
            file.write(sink.array(), 0, sink.size());
            length = before + sink.size();
        } catch (IOException e) {
            truncate(before);
            throw e;
        }
    }

    private void truncate(long to) throws IOException {
        file.setLength(to);
        file.seek(to);
    }

    /** Returns when all that was appended before the call is on the disk; callers at the same time share the work. */
    void sync() throws IOException {
        long target = length;
        synchronized (file) {
            if (synced < target) {
                long reached = length;
                file.getFD().sync();
                synced = reached;
            }
        }
    }

    long length() {
        return length;
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        sync();
        file.close();
    }

    private static boolean isWhole(ByteBuffer bytes, int position) {
        if (bytes.limit() - position < HEADER) {
            return false;
        }
        int size = bytes.getInt(position);
        if (size <= 0 || size > bytes.limit() - position - HEADER) {
            return false;
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(position + HEADER, size));
        return (int) crc.getValue() == bytes.getInt(position + 4);
    }
}
