package candlestack.influxdb.store;

import candlestack.influxdb.codec.ByteSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The log of all changes since the last snapshot, in numbered files. Used under the store's lock, but for sync. */
final class SegmentedJournal implements AutoCloseable {
    private static final String SUFFIX = ".log";
    /** A file is mapped whole when it is read again, so it stays well below 2 GiB. */
    private static final long LARGEST_SEGMENT = 256L << 20;

    private final Path directory;
    private volatile Journal current;
    private long number;
    private long closedBytes;

    private SegmentedJournal(Path directory, long number, Journal current, long closedBytes) {
        this.directory = directory;
        this.number = number;
        this.current = current;
        this.closedBytes = closedBytes;
    }

    /**
     * Replays the files from number {@code first} on and goes on with the last one. Earlier files are deleted: a
     * snapshot holds their changes.
     */
    static SegmentedJournal open(Path directory, long first, Journal.Reader reader) throws IOException {
        Files.createDirectories(directory);
        List<Long> numbers = numbers(directory);
        for (long old : numbers.stream().filter(number -> number < first).toList()) {
            Files.delete(file(directory, old));
        }
        numbers.removeIf(number -> number < first);
        long last = numbers.isEmpty() ? first : numbers.get(numbers.size() - 1);
        long closed = 0;
        for (long number = first; number < last; number++) {
            closed += replayWhole(file(directory, number), reader);
        }
        return new SegmentedJournal(directory, last, Journal.open(file(directory, last), reader), closed);
    }

    void append(ByteSink record) throws IOException {
        if (current.length() > 0 && current.length() + record.size() > LARGEST_SEGMENT) {
            next();
        }
        current.append(record);
    }

    /** Returns when all that was appended before the call is on the disk: a file is forced before the next begins. */
    void sync() throws IOException {
        current.sync();
    }

    /** Starts a new file; returns its number: with a snapshot of what is in the files before, those can go. */
    long rotate() throws IOException {
        if (current.length() > 0) {
            next();
        }
        return number;
    }

    void deleteBefore(long first) throws IOException {
        for (long old : numbers(directory)) {
            if (old < first) {
                closedBytes -= Files.size(file(directory, old));
                Files.delete(file(directory, old));
            }
        }
    }

    /** Bytes of log that no snapshot covers. */
    long bytes() {
        return closedBytes + current.length();
    }

    @Override
    public void close() throws IOException {
        current.close();
    }

    private void next() throws IOException {
        Journal made = Journal.open(file(directory, number + 1), payload -> true);
        Journal old = current;
        old.close();
        closedBytes += old.length();
        number++;
        current = made;
    }

    private static long replayWhole(Path file, Journal.Reader reader) throws IOException {
        if (!Files.exists(file)) {
            throw new CorruptStoreException("Cannot open the store: " + file + " is missing");
        }
        long whole = Journal.replay(file, reader);
        if (whole != Files.size(file)) {
            throw new CorruptStoreException("Cannot open the store: " + file + " is damaged at byte " + whole
                    + ", and later changes are in the files after it. Restore the folder from a backup.");
        }
        return whole;
    }

    private static Path file(Path directory, long number) {
        return directory.resolve(String.format("%010d", number) + SUFFIX);
    }

    private static List<Long> numbers(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return new ArrayList<>(files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> Long.parseLong(name.substring(0, name.length() - SUFFIX.length())))
                    .sorted()
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + directory + ": " + e.getMessage(), e);
        }
    }
}
