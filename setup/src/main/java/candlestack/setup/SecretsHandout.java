package candlestack.setup;

import static java.util.Objects.requireNonNull;

import candlestack.config.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Gives every container the secrets that it needs and no others: copies, in a folder of its own that it mounts. The
 * group may read them, for the images of the stores run as users of their own and are given ours as a second group.
 *
 * <p>Handing out again replaces what has changed. Belongs to one thread.
 */
final class SecretsHandout {
    /** By the container's folder, as {@code docker-compose.yml} mounts them. */
    private static final Map<String, List<String>> WANTED = new TreeMap<>(Map.of(
            "postgres",
            List.of(Secrets.POSTGRES_SUPERUSER),
            "mongo",
            List.of(Secrets.MONGODB_OWNER),
            "cassandra",
            List.of(Secrets.CASSANDRA_SUPERUSER),
            "analytics",
            List.of(Secrets.USERS_PSEUDONYMS),
            "sinks",
            List.of(
                    Secrets.INFLUXDB_WRITER,
                    Secrets.POSTGRES_WRITER,
                    Secrets.MONGODB_WRITER,
                    Secrets.MONGODB_READER,
                    Secrets.CASSANDRA_WRITER),
            "grafana",
            List.of(
                    Secrets.GRAFANA_ADMIN,
                    Secrets.INFLUXDB_READER,
                    Secrets.POSTGRES_READER,
                    Secrets.CASSANDRA_READER)));

    /** Those that must be there before the service that they protect, or the one that reads them, starts. */
    private static final List<String> FIRST = List.of(
            Secrets.POSTGRES_SUPERUSER,
            Secrets.MONGODB_OWNER,
            Secrets.CASSANDRA_SUPERUSER,
            Secrets.USERS_PSEUDONYMS,
            // Grafana does not start where a file that its provisioning names is missing.
            Secrets.POSTGRES_READER,
            Secrets.CASSANDRA_READER,
            Secrets.GRAFANA_ADMIN);

    private final Secrets secrets;
    private final Path folder;

    /** @param folder with a folder for each container; those that are missing are made */
    SecretsHandout(Secrets secrets, Path folder) {
        this.secrets = requireNonNull(secrets, "secrets is null");
        this.folder = requireNonNull(folder, "folder is null");
    }

    /** Makes what a service needs to start at all. */
    void generate() {
        FIRST.forEach(secrets::findOrGenerate);
    }

    /** Copies what there is by now: tokens, for one, are known only once their server has given them out. */
    void run() {
        WANTED.forEach((container, names) -> {
            for (String name : names) {
                Optional<String> value = secrets.find(name);
                value.ifPresent(text -> copy(folder.resolve(container), name, text));
            }
        });
    }

    private static void copy(Path container, String name, String value) {
        try {
            Files.createDirectories(container);
            Path file = container.resolve(name);
            if (Files.exists(file) && Files.readString(file).strip().equals(value)) {
                return;
            }
            Path draft = Files.createTempFile(
                    container,
                    name,
                    ".draft",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(draft, value + "\n");
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-r-----"));
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot hand out secret " + name + " in " + container, e);
        }
    }
}
