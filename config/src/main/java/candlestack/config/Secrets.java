package candlestack.config;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * Passwords, tokens and keys: one value a file, in a folder that only its owner can enter.
 *
 * <p>The same folder is mounted as secrets in containers, so every process reads them the same way.
 */
public final class Secrets {
    public static final String INFLUXDB_PASSWORD = "influxdb-admin.password";
    public static final String INFLUXDB_ADMIN = "influxdb-admin.token";
    public static final String INFLUXDB_WRITER = "influxdb-writer.token";
    public static final String INFLUXDB_READER = "influxdb-reader.token";
    public static final String POSTGRES_SUPERUSER = "postgres-superuser.password";
    public static final String POSTGRES_OWNER = "postgres-owner.password";
    public static final String POSTGRES_WRITER = "postgres-writer.password";
    public static final String POSTGRES_READER = "postgres-grafana.password";
    public static final String MONGODB_OWNER = "mongodb-owner.password";
    public static final String MONGODB_WRITER = "mongodb-writer.password";
    public static final String MONGODB_READER = "mongodb-grafana.password";
    public static final String CASSANDRA_SUPERUSER = "cassandra-superuser.password";
    public static final String CASSANDRA_OWNER = "cassandra-owner.password";
    public static final String CASSANDRA_WRITER = "cassandra-writer.password";
    public static final String CASSANDRA_READER = "cassandra-grafana.password";
    public static final String GRAFANA_ADMIN = "grafana-admin.password";

    /** Keys the pseudonyms of mail addresses and telephone numbers. */
    public static final String USERS_PSEUDONYMS = "users-pseudonyms.key";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int RANDOM_BYTES = 32;

    private final Path directory;

    public Secrets(Path directory) {
        this.directory = requireNonNull(directory, "directory is null");
    }

    /** The secret, where somebody has made it. */
    public Optional<String> find(String name) {
        Path file = directory.resolve(name);
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read secret " + file, e);
        }
    }

    /** @throws IllegalStateException naming the file when there is none */
    public String require(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalStateException("Cannot find secret " + directory.resolve(name)
                        + ": it is made by the set-up step at the first start"));
    }

    /** The secret, made of 256 random bits at its first use. Safe against a second process doing the same. */
    public String findOrGenerate(String name) {
        return find(name).orElseGet(() -> {
            byte[] bytes = new byte[RANDOM_BYTES];
            RANDOM.nextBytes(bytes);
            writeNew(name, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
            return require(name);
        });
    }

    /** Stores or replaces a secret that a service has given out. */
    public void store(String name, String value) {
        try {
            Path draft = draft(name, value);
            Files.move(
                    draft,
                    directory.resolve(name),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write secret " + directory.resolve(name), e);
        }
    }

    private void writeNew(String name, String value) {
        try {
            Path draft = draft(name, value);
            try {
                // A link, unlike a move, fails when another process was first: both then use the same value.
                Files.createLink(directory.resolve(name), draft);
            } catch (FileAlreadyExistsException e) {
                return;
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write secret " + directory.resolve(name), e);
        }
    }

    private Path draft(String name, String value) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        Path draft = Files.createTempFile(
                directory,
                name,
                ".draft",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, value + "\n");
        return draft;
    }
}
