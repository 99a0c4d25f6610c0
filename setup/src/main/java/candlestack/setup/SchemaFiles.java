package candlestack.setup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The versions {@code V1__name.*} of a store's schema, which are packed with this module; in the order of the versions. */
final class SchemaFiles {
    private static final Pattern NAME = Pattern.compile("V(\\d+)__\\w+\\.\\w+");

    /** One version. A released one is never edited. */
    record SchemaFile(int version, String name, String text) {
        /** SHA-256, in hexadecimal digits. */
        String checksum() {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(digest);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("This Java has no SHA-256", e);
            }
        }
    }

    private SchemaFiles() {}

    /** @param folder among the resources, such as {@code cassandra} */
    static List<SchemaFile> load(String folder) {
        URL anchor = SchemaFiles.class.getResource("/" + folder);
        if (anchor == null) {
            throw new IllegalStateException("Cannot find the schema files of " + folder);
        }
        return load(anchor, folder);
    }

    /** @param anchor where the folder is, in a jar or unpacked */
    static List<SchemaFile> load(URL anchor, String folder) {
        try {
            if (!anchor.getProtocol().equals("jar")) {
                return read(Path.of(anchor.toURI()));
            }
            // The connection takes the URL apart and is never opened: it would not close the jar.
            URL jar = ((JarURLConnection) anchor.openConnection()).getJarFileURL();
            try (FileSystem files = FileSystems.newFileSystem(Path.of(jar.toURI()), Map.of())) {
                return read(files.getPath(folder));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the schema files of " + folder, e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Cannot read the schema files of " + folder, e);
        }
    }

    private static List<SchemaFile> read(Path folder) throws IOException {
        List<SchemaFile> files = new ArrayList<>();
        try (Stream<Path> paths = Files.list(folder)) {
            for (Path path : paths.toList()) {
                Matcher matcher = NAME.matcher(path.getFileName().toString());
                if (matcher.matches()) {
                    files.add(new SchemaFile(
                            Integer.parseInt(matcher.group(1)), matcher.group(), Files.readString(path)));
                }
            }
        }
        files.sort(Comparator.comparingInt(SchemaFile::version));
        return files;
    }
}
