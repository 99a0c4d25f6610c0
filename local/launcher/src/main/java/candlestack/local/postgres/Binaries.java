package candlestack.local.postgres;

import static java.util.Objects.requireNonNull;

import candlestack.local.process.FileTree;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The server's programs, unpacked once from the artifact that carries them for this kind of machine. */
final class Binaries {
    private final Path directory;

    /** @param parent the folder that holds one folder a version */
    Binaries(Path parent) {
        this.directory = requireNonNull(parent, "parent is null").resolve("server-" + version());
    }

    Path program(String name) {
        return directory.resolve("bin").resolve(name);
    }

    /** Unpacks beside the final place and moves, so that a folder with the final name is whole. */
    void unpack() throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Files.createDirectories(directory.getParent());
        Path draft = directory.resolveSibling(directory.getFileName() + ".draft");
        FileTree.delete(draft);
        try (InputStream archive = Binaries.class.getResourceAsStream("/" + archiveName())) {
            if (archive == null) {
                throw new IOException("Cannot unpack PostgreSQL: no binaries for " + platform()
                        + " in this build; set postgres.url to an existing server");
            }
            unpack(archive, draft);
        }
        Files.move(draft, directory, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void unpack(InputStream archive, Path target) throws IOException {
        try (TarArchiveInputStream entries =
                new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(archive)))) {
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                unpack(entries, entry, target);
            }
        }
    }

    private static void unpack(InputStream content, TarArchiveEntry entry, Path target) throws IOException {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("Cannot unpack '" + entry.getName() + "': it points outside of its folder");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, path);
        if ((entry.getMode() & 0100) != 0) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
            permissions.addAll(Set.of(
                    PosixFilePermission.OWNER_EXECUTE,
                    PosixFilePermission.GROUP_EXECUTE,
                    PosixFilePermission.OTHERS_EXECUTE));
            Files.setPosixFilePermissions(path, permissions);
        }
    }

    /** The archives are named by system and machine as {@code uname} gives them. */
    private static String archiveName() {
        return "postgres-" + platform() + ".txz";
    }

    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        return system + "-" + (System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64");
    }

    /** The version of the artifact, filtered into a resource by the build. */
    private static String version() {
        try (InputStream resource = Binaries.class.getResourceAsStream("/candlestack/local/postgres.properties")) {
            Properties properties = new Properties();
            properties.load(resource);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read postgres.properties", e);
        }
    }
}
