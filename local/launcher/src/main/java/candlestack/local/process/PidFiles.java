package candlestack.local.process;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** {@code run/NAME.pid}: which processes are ours. Each holds the pid and the start in milliseconds of the epoch. */
public final class PidFiles {
    private static final String SUFFIX = ".pid";

    private final Path directory;

    public PidFiles(Path directory) {
        this.directory = requireNonNull(directory, "directory is null");
    }

    public void write(String name, ProcessId process) throws IOException {
        Files.createDirectories(directory);
        Path draft = directory.resolve(name + ".draft");
        Files.writeString(draft, process.pid() + " " + process.start().toEpochMilli() + "\n");
        Files.move(draft, file(name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    public void delete(String name) throws IOException {
        Files.deleteIfExists(file(name));
    }

    /** The recorded process, if it still lives. A file that is not ours to understand counts as absent. */
    public Optional<ProcessHandle> find(String name) throws IOException {
        try {
            return parsed(Files.readString(file(name))).flatMap(ProcessId::find);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Every recorded process that still lives, by name. */
    public Map<String, ProcessHandle> findAll() throws IOException {
        Map<String, ProcessHandle> alive = new TreeMap<>();
        if (!Files.isDirectory(directory)) {
            return alive;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(SUFFIX)).toList()) {
                String fileName = file.getFileName().toString();
                String name = fileName.substring(0, fileName.length() - SUFFIX.length());
                find(name).ifPresent(process -> alive.put(name, process));
            }
        }
        return alive;
    }

    private Path file(String name) {
        return directory.resolve(name + SUFFIX);
    }

    private static Optional<ProcessId> parsed(String text) {
        String[] parts = text.strip().split(" ");
        try {
            return Optional.of(new ProcessId(Long.parseLong(parts[0]), Instant.ofEpochMilli(Long.parseLong(parts[1]))));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }
}
