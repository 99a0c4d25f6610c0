package candlestack.ingest.runner.plugin;

import candlestack.ingest.api.SourceFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.security.CodeSource;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.Manifest;

/**
 * The classes and resources of one plugin. It sees the JDK, the SPI, and what it brought: its own come first, so that a
 * library of it in another version meets nobody's. Thread-safe.
 */
final class PluginClassLoader extends URLClassLoader {
    private static final ClassLoader HOST = SourceFactory.class.getClassLoader();
    private static final String SPI = SourceFactory.class.getPackageName() + ".";
    private static final String EXITS = Exits.class.getName();
    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final Certificate[] UNSIGNED = {};

    private final Map<String, Manifest> manifests = new ConcurrentHashMap<>();
    private volatile Plugin plugin;

    static {
        registerAsParallelCapable();
    }

    PluginClassLoader(String name, List<URL> urls) {
        super(name, urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    void belongsTo(Plugin owner) {
        plugin = owner;
    }

    Plugin plugin() {
        return plugin;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith("java.")) {
            return super.loadClass(name, resolve);
        }
        if (name.startsWith(SPI) || name.equals(EXITS)) {
            return HOST.loadClass(name);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : ownOrTheJdks(name, resolve);
        }
    }

    private Class<?> ownOrTheJdks(String name, boolean resolve) throws ClassNotFoundException {
        String path = name.replace('.', '/') + ".class";
        URL own = findResource(path);
        if (own == null) {
            return super.loadClass(name, resolve);
        }
        // By its name, not by its address: what is opened that way is closed with this loader.
        try (InputStream in = getResourceAsStream(path)) {
            byte[] code = ExitGuard.guarded(in.readAllBytes());
            URL root = rootOf(own);
            definePackage(name, root);
            return defineClass(name, code, 0, code.length, new CodeSource(root, UNSIGNED));
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    /** The jar or folder that a file came from: of a folder and a jar in it, the jar. */
    private URL rootOf(URL file) {
        String text = file.toString();
        return Arrays.stream(getURLs())
                .filter(root -> text.contains(root.toString()))
                .max(Comparator.comparingInt(root -> root.toString().length()))
                .orElse(file);
    }

    /** With the version that the jar's manifest says, which is the source's unless it says another. */
    private void definePackage(String className, URL root) {
        int dot = className.lastIndexOf('.');
        if (dot < 0 || getDefinedPackage(className.substring(0, dot)) != null) {
            return;
        }
        try {
            definePackage(
                    className.substring(0, dot), manifests.computeIfAbsent(root.toString(), this::manifest), root);
        } catch (IllegalArgumentException e) {
            // Another thread has just defined it.
            return;
        }
    }

    private Manifest manifest(String root) {
        try {
            for (URL file : Collections.list(findResources(MANIFEST))) {
                if (rootOf(file).toString().equals(root)) {
                    return manifestIn(file);
                }
            }
        } catch (IOException e) {
            // One that cannot be read says nothing.
            return new Manifest();
        }
        return new Manifest();
    }

    private static Manifest manifestIn(URL file) throws IOException {
        URLConnection connection = file.openConnection();
        connection.setUseCaches(false);
        try (InputStream in = connection.getInputStream()) {
            return new Manifest(in);
        }
    }

    /** The main attribute of the first manifest that has it. */
    Optional<String> manifestAttribute(String name) throws IOException {
        for (URL url : Collections.list(findResources(MANIFEST))) {
            String value = manifestIn(url).getMainAttributes().getValue(name);
            if (value != null) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    @Override
    public URL getResource(String name) {
        URL own = findResource(name);
        return own != null ? own : getParent().getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
        all.addAll(Collections.list(getParent().getResources(name)));
        return Collections.enumeration(all);
    }
}
