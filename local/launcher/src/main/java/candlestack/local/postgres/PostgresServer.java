package candlestack.local.postgres;

import static java.util.Objects.requireNonNull;

import candlestack.local.LauncherException;
import candlestack.local.process.Command;
import candlestack.local.process.FileTree;
import candlestack.local.process.Termination;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The real server, on the loopback interface only, every role with a password. Everything it keeps is under
 * {@code postgres/} in the home. Writes are durable as PostgreSQL means it: fsync stays on.
 */
public final class PostgresServer {
    /** What the server logs, in English whatever the machine's language, when it takes connections. */
    public static final String READY = "database system is ready to accept connections";

    private static final Duration ORPHAN_GRACE = Duration.ofSeconds(10);
    private static final Map<String, String> ENVIRONMENT = Map.of("LC_ALL", "C", "TZ", "UTC");
    private static final String FOLLOW_THE_LAUNCHER = "follow-launcher.sh";

    private final Path directory;
    private final int port;
    private final String password;
    private final Binaries binaries;

    /** @param password the superuser's, used when the data folder is made */
    public PostgresServer(Path home, int port, String password) {
        this.directory = requireNonNull(home, "home is null").resolve("postgres");
        this.port = port;
        this.password = requireNonNull(password, "password is null");
        this.binaries = new Binaries(directory);
    }

    /** Brings everything to where the server can start, and says how to start it. */
    public Command prepare() throws IOException, InterruptedException {
        Files.createDirectories(directory);
        binaries.unpack();
        ServerUser user = ServerUser.find();
        if (!Files.isDirectory(data())) {
            initialise(user);
        }
        user.own(data());
        endOrphan();
        return new Command(guarded(user.command(server())), ENVIRONMENT, directory);
    }

    /**
     * Whom a server would run as, in words.
     *
     * @throws LauncherException when it could not run
     */
    public static String user() throws IOException, InterruptedException {
        List<String> prefix = ServerUser.find().prefix();
        return prefix.isEmpty() ? "this user" : "root, through " + String.join(" ", prefix);
    }

    private Path data() {
        return directory.resolve("data");
    }

    private List<String> server() {
        return List.of(
                binaries.program("postgres").toString(),
                "-D",
                data().toString(),
                "-p",
                String.valueOf(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "password_encryption=scram-sha-256",
                "-c",
                "shared_buffers=64MB",
                "-c",
                "log_checkpoints=off");
    }

    /** The folder gets its final name once it is whole: a start that was killed half-way leaves a draft only. */
    private void initialise(ServerUser user) throws IOException, InterruptedException {
        Path draft = directory.resolve("data.draft");
        FileTree.delete(draft);
        Files.createDirectory(
                draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path passwordFile = Files.createTempFile(
                directory,
                "initdb",
                ".password",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(passwordFile, password + "\n");
            user.own(draft);
            user.own(passwordFile);
            run(user.command(List.of(
                    binaries.program("initdb").toString(),
                    "--pgdata=" + draft,
                    "--username=postgres",
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--locale=C",
                    "--no-instructions")));
            Files.move(draft, data(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(passwordFile);
        }
    }

    private void run(List<String> words) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(ENVIRONMENT);
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw LauncherException.failed("Cannot make PostgreSQL's data folder " + data() + ": " + said.strip());
        }
    }

    /** A server that outlived its launcher and its pid file holds the data folder: it is asked to stop first. */
    private void endOrphan() throws IOException, InterruptedException {
        Path pidFile = data().resolve("postmaster.pid");
        Optional<Long> pid = Files.exists(pidFile) ? firstNumber(pidFile) : Optional.empty();
        Optional<ProcessHandle> orphan = pid.flatMap(ProcessHandle::of).filter(this::servesOurData);
        if (orphan.isPresent()) {
            Termination.end(List.of(orphan.get()), ORPHAN_GRACE);
        }
        // Its number may be somebody else's by now, and PostgreSQL would take that process for its own.
        Files.deleteIfExists(pidFile);
    }

    private static Optional<Long> firstNumber(Path file) throws IOException {
        try {
            return Files.readAllLines(file).stream().findFirst().map(line -> Long.valueOf(line.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private boolean servesOurData(ProcessHandle process) {
        return process.info()
                .arguments()
                .map(arguments -> Arrays.asList(arguments).contains(data().toString()))
                .orElse(false);
    }

    /**
     * The shell becomes the server, after leaving a process behind that waits for the end of standard input, which is
     * the death of the launcher, and then asks the server to stop, if it is still the same one.
     */
    private List<String> guarded(List<String> words) throws IOException {
        Path script = directory.resolve(FOLLOW_THE_LAUNCHER);
        Files.writeString(script, """
                # Generated. $1: the data folder; then the server's command.
                data=$1
                shift
                exec 3<&0
                ( (
                  cat <&3
                  [ "$(head -n 1 "$data/postmaster.pid")" = "$$" ] && kill -INT $$
                ) > /dev/null 2>&1 & )
                exec "$@" < /dev/null 3<&-
                """);
        List<String> command = new ArrayList<>(List.of("sh", script.toString(), data().toString()));
        command.addAll(words);
        return command;
    }
}
