package candlestack.ingest.runner.plugin;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A jar or a folder in the folder of plugins, as it was when it was looked at: two that are equal have the same content,
 * as far as size, time and identity of the files tell.
 *
 * @param print one line a file
 */
record PluginFile(String name, Path path, List<String> print) {
    private static final int DEEPEST = 8;

    PluginFile {
        requireNonNull(name, "name is null");
        requireNonNull(path, "path is null");
        print = List.copyOf(print);
    }

    /** All plugins of a folder, by name; none where there is no such folder. Hidden files and others are left out. */
    static Map<String, PluginFile> in(Path folder) throws IOException {
        Map<String, PluginFile> found = new TreeMap<>();
        for (Path path : entries(folder)) {
            String name = path.getFileName().toString();
            boolean isPlugin = Files.isDirectory(path) || name.endsWith(".jar");
            if (isPlugin && !name.startsWith(".")) {
                found.put(name, new PluginFile(name, path, printOf(path)));
            }
        }
        return found;
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
    }

    boolean isFolder() {
        return Files.isDirectory(path);
    }

    /** Whether it is still as it was. */
    boolean isUnchanged() {
        return printOf(path).equals(print);
    }

    /** What cannot be looked at is this entry's trouble, which loading it will tell, and not that of the others. */
    private static List<String> printOf(Path path) {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(path, DEEPEST)) {
            for (Path file : files.sorted().toList()) {
                lines.add(lineOf(path, file));
            }
        } catch (IOException | UncheckedIOException e) {
            lines.add("in motion, or not to be read: " + e.getMessage());
        }
        return lines;
    }

    private static String lineOf(Path path, Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        // A folder's own time also changes when somebody only looks around in it with some tools.
        return attributes.isDirectory()
                ? path.relativize(file) + "/"
                : path.relativize(file) + " " + attributes.size() + " " + attributes.lastModifiedTime() + " "
                        + attributes.fileKey();
    }
}
