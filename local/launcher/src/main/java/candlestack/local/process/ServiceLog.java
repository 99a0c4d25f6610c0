package candlestack.local.process;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What a child says, in {@code logs/NAME.log}: at most {@value #KEPT} older files of {@value #LIMIT_BYTES} bytes stay
 * beside it. One thread writes; {@link #tail()} may be called by any.
 */
final class ServiceLog implements Closeable {
    private static final long LIMIT_BYTES = 10 << 20;
    private static final int KEPT = 2;
    private static final int TAIL_LINES = 20;

    private final Path file;
    private final Deque<String> tail = new ArrayDeque<>();
    private OutputStream out;
    private long size;
    private long lost;

    ServiceLog(Path file) throws IOException {
        this.file = requireNonNull(file, "file is null");
        Files.createDirectories(file.getParent());
        open();
    }

    /**
     * Adds a line and brings it to the file before it returns. A line that cannot be written, on a full disk, is
     * counted and the gap is noted once there is room again: the child goes on.
     */
    void write(String line) {
        synchronized (tail) {
            if (tail.size() == TAIL_LINES) {
                tail.removeFirst();
            }
            tail.addLast(line);
        }
        try {
            if (lost > 0) {
                append("[" + lost + " lines are missing here: they could not be written]");
                lost = 0;
            }
            append(line);
        } catch (IOException e) {
            lost++;
        }
    }

    private void append(String line) throws IOException {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        if (size + bytes.length > LIMIT_BYTES && size > 0) {
            rotate();
        }
        out.write(bytes);
        size += bytes.length;
    }

    /** The last lines of this run of the child. */
    List<String> tail() {
        synchronized (tail) {
            return List.copyOf(tail);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void open() throws IOException {
        out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        size = Files.size(file);
    }

    private void rotate() throws IOException {
        out.close();
        for (int number = KEPT; number > 0; number--) {
            Path younger = number == 1 ? file : numbered(number - 1);
            if (Files.exists(younger)) {
                Files.move(younger, numbered(number), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        open();
    }

    private Path numbered(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }
}
