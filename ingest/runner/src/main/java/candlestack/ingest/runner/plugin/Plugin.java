package candlestack.ingest.runner.plugin;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.SourceFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plugin that is loaded, from a copy of its files: the original may be replaced or removed meanwhile. What was loaded is
 * let go once the plugin is out of the folder and the last source of it has ended. Thread-safe.
 */
public final class Plugin {
    private static final Logger LOG = LoggerFactory.getLogger(Plugin.class);

    private final Path copy;
    private final PluginClassLoader loader;
    private final List<InstalledType> types;
    private int users;
    private boolean isRetired;
    private boolean isClosed;

    Plugin(Path copy, PluginClassLoader loader, List<InstalledType> types) {
        this.copy = requireNonNull(copy, "copy is null");
        this.loader = requireNonNull(loader, "loader is null");
        this.types = List.copyOf(types);
    }

    /** The plugin that a factory came from; empty for one that is built in. */
    public static Optional<Plugin> of(SourceFactory factory) {
        return factory.getClass().getClassLoader() instanceof PluginClassLoader own
                ? Optional.of(own.plugin())
                : Optional.empty();
    }

    List<InstalledType> types() {
        return types;
    }

    /** A source of it begins; {@link #release} follows when its last thread is gone. */
    public synchronized void use() {
        users++;
    }

    public synchronized void release() {
        users--;
        closeIfUnused();
    }

    /** It is no longer in the folder, or another version is. */
    synchronized void retire() {
        isRetired = true;
        closeIfUnused();
    }

    private void closeIfUnused() {
        if (isRetired && users == 0 && !isClosed) {
            isClosed = true;
            try {
                loader.close();
                delete(copy);
            } catch (IOException e) {
                LOG.warn("Cannot let go of {}: {}", copy, e.toString());
            }
        }
    }

    /** With all that is in it, if it is there. */
    static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
