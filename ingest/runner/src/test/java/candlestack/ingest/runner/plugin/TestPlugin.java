package candlestack.ingest.runner.plugin;

import candlestack.ingest.api.SourceFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A plugin that a test compiles. It has a type of source that starts by itself and resumes exactly; what its poll does,
 * and what is said of it, is Java code of the test. In there {@code next} is the number to go on with, {@code context} is
 * the source's.
 */
public final class TestPlugin {
    private static final String CLASS = "plugged.TestFactory";
    private static final String CODE = """
            package plugged;

            import candlestack.ingest.api.*;
            import java.time.*;
            import java.util.*;

            public class TestFactory implements SourceFactory {
                STATICS
                public String name() { return "NAME"; }
                public String description() { return DESCRIPTION; }
                public ConfigSpec config() {
                    return ConfigSpec.of(Option.number("step", 1, 100, "How many at once.").withDefault("1"));
                }
                public ResumeKind resume() { return ResumeKind.EXACT; }
                public boolean startsByItself() { return true; }
                public Source create(SourceContext context) {
                    return position -> new Reader(context, position.isPresent() ? position.get().number("next") : 0);
                }

                static final class Reader implements SourceReader {
                    private final SourceContext context;
                    private long next;
                    Reader(SourceContext context, long next) { this.context = context; this.next = next; }
                    public Batch poll(Duration maxWait) throws SourceException, InterruptedException { POLL }
                    public void close() {}

                    Batch points(String by, int count) throws InterruptedException {
                        context.pause(Duration.ofMillis(2));
                        List<Event> events = new ArrayList<>();
                        for (int i = 0; i < count; i++, next++) {
                            events.add(SeriesPoint.of(EventIds.numbered("NAME", next), "NAME", context.clock().instant(),
                                    Map.of("by", by), Map.of("n", (double) next)));
                        }
                        return Batch.of(events, Position.of("next", next));
                    }
                }
            }
            """;

    private final String name;
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private String statics = "";
    private String description = "\"What a test needs.\"";
    private String poll = "context.pause(maxWait); return Batch.empty();";
    private Manifest manifest = new Manifest();

    private TestPlugin(String name) {
        this.name = name;
        manifest(Map.of());
        entries.put(
                "META-INF/services/" + SourceFactory.class.getName(), (CLASS + "\n").getBytes(StandardCharsets.UTF_8));
    }

    public static TestPlugin named(String name) {
        return new TestPlugin(name);
    }

    /** Statements of the method {@code poll}. */
    public TestPlugin polls(String code) {
        poll = code;
        return this;
    }

    /** Gives one point a poll, tagged with who gave it. */
    public TestPlugin counts(String by) {
        return polls("return points(\"" + by + "\", 1);");
    }

    /** Members of the factory's class. */
    public TestPlugin statics(String code) {
        statics = code;
        return this;
    }

    /** An expression, of type String. */
    public TestPlugin describes(String expression) {
        description = expression;
        return this;
    }

    TestPlugin manifest(Map<String, String> attributes) {
        manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("Implementation-Version", "7.1");
        attributes.forEach(manifest.getMainAttributes()::putValue);
        return this;
    }

    TestPlugin without(String entry) {
        entries.remove(entry);
        return this;
    }

    TestPlugin with(String entry, String content) {
        entries.put(entry, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Writes the jar, replacing what is there in one step. */
    public Path writeTo(Path jar, Path... classPath) throws IOException {
        Path draft = jar.resolveSibling(jar.getFileName() + ".draft");
        Files.write(draft, bytes(classPath));
        return Files.move(draft, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    byte[] bytes(Path... classPath) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Map<String, byte[]> all = new LinkedHashMap<>(compiled(List.of(classPath)));
        all.putAll(entries);
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (Map.Entry<String, byte[]> entry : all.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private Map<String, byte[]> compiled(List<Path> classPath) throws IOException {
        String code = CODE.replace("STATICS", statics)
                .replace("DESCRIPTION", description)
                .replace("POLL", poll)
                .replace("NAME", name);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            StringBuilder path = new StringBuilder(api().toString());
            classPath.forEach(entry -> path.append(java.io.File.pathSeparator).append(entry));
            List<String> options = List.of("-cp", path.toString(), "-proc:none");
            boolean done = compiler.getTask(
                            said, new InMemory(files, classes), null, options, null, List.of(new Text(code)))
                    .call();
            if (!done) {
                throw new IllegalStateException(said.toString());
            }
        }
        Map<String, byte[]> result = new LinkedHashMap<>();
        classes.forEach((className, out) -> result.put(className.replace('.', '/') + ".class", out.toByteArray()));
        return result;
    }

    private static Path api() {
        try {
            return Path.of(SourceFactory.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String code;

        private Text(String code) {
            super(URI.create("string:///plugged/TestFactory.java"), Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }

    private static final class InMemory extends ForwardingJavaFileManager<StandardJavaFileManager> {
        private final Map<String, ByteArrayOutputStream> classes;

        private InMemory(StandardJavaFileManager files, Map<String, ByteArrayOutputStream> classes) {
            super(files);
            this.classes = classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                JavaFileManager.Location location,
                String className,
                JavaFileObject.Kind kind,
                javax.tools.FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + className), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return classes.computeIfAbsent(className, ignored -> new ByteArrayOutputStream());
                }
            };
        }
    }

    /** Waits are the tests': this only makes a folder. */
    static Path folder(Path path) {
        try {
            return Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
