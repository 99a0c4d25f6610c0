package candlestack.ingest.runner.plugin;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.ApiVersion;
import candlestack.ingest.api.SourceFactory;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Makes a plugin of a jar or folder, or says why it cannot. One thread's. */
final class PluginLoader {
    private static final String SERVICE = "META-INF/services/" + SourceFactory.class.getName();

    private final Path copies;
    private final Duration limit;
    private int loaded;

    /**
     * @param copies a folder of this loader alone, made when it is needed
     * @param limit how long a plugin may take to say what it has
     */
    PluginLoader(Path copies, Duration limit) {
        this.copies = requireNonNull(copies, "copies is null");
        this.limit = requireNonNull(limit, "limit is null");
    }

    /**
     * Empty if the files changed while they were read.
     *
     * @throws PluginException with the reason why it cannot be used
     */
    Optional<Plugin> load(PluginFile file) throws PluginException, InterruptedException {
        Path copy = copies.resolve(loaded++ + "-" + file.name());
        try {
            copy(file.path(), copy);
            if (!file.isUnchanged()) {
                Plugin.delete(copy);
                return Optional.empty();
            }
            return Optional.of(plugin(file, copy));
        } catch (IOException e) {
            throw new PluginException("cannot be read: " + e.getMessage(), e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Plugin plugin(PluginFile file, Path copy) throws IOException, PluginException, InterruptedException {
        PluginClassLoader loader = new PluginClassLoader(file.name(), urls(file, copy));
        try {
            checkVersion(loader);
            List<InstalledType> types =
                    Bounded.call("load " + file.name(), loader, limit, () -> types(file.name(), loader));
            Plugin plugin = new Plugin(copy, loader, types);
            loader.belongsTo(plugin);
            return plugin;
        } catch (PluginException | RuntimeException e) {
            loader.close();
            Plugin.delete(copy);
            throw e;
        }
    }

    /** A jar; or a folder of jars, of classes, or of both. */
    private static List<URL> urls(PluginFile file, Path copy) throws IOException, PluginException {
        List<URL> urls = new ArrayList<>();
        if (Files.isDirectory(copy)) {
            urls.add(url(copy));
        }
        try (Stream<Path> files = Files.walk(copy)) {
            for (Path jar : files.filter(path -> path.toString().endsWith(".jar") && Files.isRegularFile(path))
                    .sorted()
                    .toList()) {
                checkComplete(file, copy, jar);
                urls.add(url(jar));
            }
        }
        return urls;
    }

    private static URL url(Path path) throws MalformedURLException {
        return path.toUri().toURL();
    }

    private static void checkComplete(PluginFile file, Path copy, Path jar) throws PluginException {
        try (JarFile opened = new JarFile(jar.toFile())) {
            requireNonNull(opened.getManifest(), "no manifest");
        } catch (NullPointerException e) {
            // A jar without a manifest says nothing of itself, and works.
            return;
        } catch (IOException | SecurityException e) {
            String which = jar.equals(copy) ? "" : " " + copy.relativize(jar);
            throw new PluginException(
                    "is no complete jar" + (file.isFolder() ? ":" + which : "") + ": " + e.getMessage(), e);
        }
    }

    private static void checkVersion(PluginClassLoader loader) throws IOException, PluginException {
        Optional<String> written = loader.manifestAttribute(ApiVersion.MANIFEST_ATTRIBUTE);
        if (written.isEmpty()) {
            return;
        }
        try {
            ApiVersion wanted = ApiVersion.parse(written.get());
            if (!ApiVersion.current().runs(wanted)) {
                throw new PluginException("was written for version " + wanted + " of the source SPI, and this is "
                        + ApiVersion.current() + ": build it against this one");
            }
        } catch (IllegalArgumentException e) {
            throw new PluginException(
                    "has a manifest with an invalid " + ApiVersion.MANIFEST_ATTRIBUTE + ": " + e.getMessage(), e);
        }
    }

    private static List<InstalledType> types(String origin, PluginClassLoader loader) throws PluginException {
        List<InstalledType> types = new ArrayList<>();
        for (SourceFactory factory : ServiceLoader.load(SourceFactory.class, loader)) {
            types.add(InstalledType.plugged(factory, origin));
        }
        if (types.isEmpty()) {
            throw new PluginException("has no source: a line in " + SERVICE + " names the class of its factory");
        }
        return types;
    }
}
