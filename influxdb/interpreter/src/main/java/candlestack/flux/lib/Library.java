package candlestack.flux.lib;

import candlestack.flux.syntax.Parser;
import candlestack.flux.syntax.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The standard library, by import path. */
public final class Library {
    private static final Map<String, PackageDefinition> PACKAGES = new TreeMap<>();
    private static final Map<String, Optional<SourceFile>> SOURCES = new ConcurrentHashMap<>();

    static {
        Sources.register(define("universe"));
        Shaping.register(define("universe"));
        Columns.register(define("universe"));
        Aggregates.register(define("universe"));
        Selectors.register(define("universe"));
        Windowing.register(define("universe"));
        Series.register(define("universe"));
        MovingAverages.register(define("universe"));
        Statistics.register(define("universe"));
        HoltWinters.register(define("universe"));
        Rows.register(define("universe"));
        Pivots.register(define("universe"));
        Joins.register(define("universe"));
        Conversions.register(define("universe"));
        Inspection.register(define("universe"));
        Packages.register(Library::define);
        MorePackages.register(Library::define);
    }

    private Library() {}

    private static PackageDefinition define(String path) {
        return PACKAGES.computeIfAbsent(path, PackageDefinition::new);
    }

    /** The package, or empty if there is none of that path. */
    public static Optional<PackageDefinition> find(String path) {
        PackageDefinition definition = PACKAGES.get(path);
        if (definition == null && source(path).isPresent()) {
            return Optional.of(new PackageDefinition(path));
        }
        return Optional.ofNullable(definition);
    }

    /** The part of a package that is written in Flux. */
    public static Optional<SourceFile> source(String path) {
        return SOURCES.computeIfAbsent(path, Library::load);
    }

    private static Optional<SourceFile> load(String path) {
        if (!path.matches("[A-Za-z0-9_/-]+")) {
            return Optional.empty();
        }
        try (InputStream file = Library.class.getResourceAsStream(path.replace('/', '.') + ".flux")) {
            return file == null
                    ? Optional.empty()
                    : Optional.of(Parser.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the Flux library '" + path + "'", e);
        }
    }
}
