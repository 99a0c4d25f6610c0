package candlestack.analytics.sinks.csv;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files on a disk, forced to it. */
final class DiskFiles implements ExportFiles {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path folder;

    DiskFiles(Path folder) {
        this.folder = requireNonNull(folder, "folder is null");
    }

    @Override
    public List<String> names() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (UncheckedIOException e) {
            // What a stream makes of a disk that fails while it reads.
            throw e.getCause();
        }
    }

    @Override
    public long size(String name) throws IOException {
        Path file = folder.resolve(name);
        return Files.exists(file) ? Files.size(file) : -1;
    }

    @Override
    public InputStream read(String name) throws IOException {
        return Files.newInputStream(folder.resolve(name));
    }

    @Override
    public void write(String name, Content content) throws IOException {
        Files.createDirectories(folder);
        put(name, content, CREATE, WRITE, TRUNCATE_EXISTING);
    }

    @Override
    public void append(String name, Content content) throws IOException {
        put(name, content, WRITE, APPEND);
    }

    private void put(String name, Content content, OpenOption... options) throws IOException {
        try (FileChannel channel = FileChannel.open(folder.resolve(name), options);
                OutputStream output = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES)) {
            content.writeTo(output);
            output.flush();
            channel.force(true);
        }
    }

    @Override
    public void truncate(String name, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(folder.resolve(name), WRITE)) {
            channel.truncate(size);
            channel.force(true);
        }
    }

    @Override
    public void move(String from, String to) throws IOException {
        Files.move(folder.resolve(from), folder.resolve(to), ATOMIC_MOVE, REPLACE_EXISTING);
        forceFolder();
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }

    /** A name is on the disk when its folder is. */
    private void forceFolder() throws IOException {
        try (FileChannel channel = FileChannel.open(folder, READ)) {
            channel.force(true);
        }
    }
}
