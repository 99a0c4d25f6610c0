package candlestack.ingest.yahoo;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few named texts in a file that only its owner can read, replaced as a whole. It is a cache: a file that cannot be
 * read counts as absent, one that cannot be written is said in the log, and work goes on without.
 */
final class PrivateFile {
    private static final Logger log = LoggerFactory.getLogger(PrivateFile.class);

    private final Path path;

    PrivateFile(Path path) {
        this.path = requireNonNull(path, "path is null");
    }

    Optional<Map<String, String>> read() {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try {
            Properties properties = new Properties();
            properties.load(new StringReader(Files.readString(path)));
            Map<String, String> values = new TreeMap<>();
            properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
            return Optional.of(values);
        } catch (IOException | IllegalArgumentException e) {
            log.warn("Cannot read {}: {}; going on without it", path, e.toString());
            return Optional.empty();
        }
    }

    void write(Map<String, String> values) {
        try {
            Files.createDirectories(path.getParent());
            Path draft =
                    Files.createTempFile(path.getParent(), path.getFileName().toString(), ".tmp", ownerOnly());
            try {
                Files.writeString(draft, text(values));
                Files.move(draft, path, ATOMIC_MOVE, REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            log.warn("Cannot write {}: {}; it will be missed after a restart", path, e.toString());
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            log.warn("Cannot delete {}: {}", path, e.toString());
        }
    }

    private static String text(Map<String, String> values) throws IOException {
        Properties properties = new Properties();
        properties.putAll(values);
        StringWriter text = new StringWriter();
        properties.store(text, null);
        return text.toString();
    }

    private FileAttribute<?>[] ownerOnly() {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
