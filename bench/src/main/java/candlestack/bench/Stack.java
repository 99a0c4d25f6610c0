package candlestack.bench;

import static java.util.Objects.requireNonNull;

import candlestack.config.Keys;
import candlestack.config.Secrets;
import candlestack.config.Settings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A stack started by {@code ./candlestack up --detach} with free ports and a home. Both are gone on close, and when the
 * benchmark is interrupted.
 */
final class Stack implements AutoCloseable {
    private static final List<String> SERVICES =
            List.of("KAFKA", "INFLUXDB", "POSTGRES", "MONGODB", "CASSANDRA", "GRAFANA", "STATUS");

    private final Path checkout;
    private final Path home;
    private final Map<String, Integer> ports;
    private final Thread hook = new Thread(this::abandon, "down");
    private Optional<Process> command = Optional.empty();
    private boolean isAbandoned;

    private Stack(Path checkout, Path home, Map<String, Integer> ports) {
        this.checkout = requireNonNull(checkout, "checkout is null");
        this.home = requireNonNull(home, "home is null");
        this.ports = Map.copyOf(ports);
    }

    static Stack create(Path checkout) throws IOException {
        Path home = Files.createTempDirectory("candlestack-bench");
        Stack stack = new Stack(checkout.toAbsolutePath().normalize(), home, freePorts());
        Runtime.getRuntime().addShutdownHook(stack.hook);
        return stack;
    }

    /** Starts what the arguments of {@code up} select; returns once it is healthy. */
    void up(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("up", "--detach"));
        command.addAll(List.of(arguments));
        run(command);
    }

    void down() throws IOException {
        run(List.of("down"));
    }

    String kafka() {
        return "127.0.0.1:" + ports.get("KAFKA");
    }

    String influxdb() {
        return "http://127.0.0.1:" + ports.get("INFLUXDB");
    }

    String postgres() {
        return "jdbc:postgresql://127.0.0.1:" + ports.get("POSTGRES") + "/candlestack";
    }

    /** Name the home, and the two ports that its drivers are told. */
    Settings settings() {
        return Settings.load(
                home.resolve("none.yaml"),
                Map.of(),
                Map.of(
                        Keys.HOME.name(), home.toString(),
                        Keys.MONGODB_PORT.name(), ports.get("MONGODB").toString(),
                        Keys.CASSANDRA_PORT.name(), ports.get("CASSANDRA").toString()));
    }

    Path home() {
        return home;
    }

    Secrets secrets() {
        return new Secrets(home.resolve("secrets"));
    }

    @Override
    public void close() throws IOException {
        down();
        delete();
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    /** When the benchmark is told to end: the stack has a session of its own, and nobody else would stop it. */
    private void abandon() {
        try {
            Optional<Process> last;
            synchronized (this) {
                isAbandoned = true;
                last = command;
            }
            if (last.isPresent()) {
                // An 'up' that is told to end stops what it has started, and must not start anything after our 'down'.
                last.get().destroy();
                awaited(last.get());
            }
            int status = awaited(builder(List.of("down")).start());
            if (status != 0) {
                throw new IOException("exit code " + status);
            }
            delete();
        } catch (IOException | UncheckedIOException e) {
            System.err.println("bench: Cannot stop the stack in " + home + ": " + e.getMessage());
        }
    }

    private void delete() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            files.sorted(Comparator.reverseOrder()).forEach(Stack::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + file, e);
        }
    }

    private void run(List<String> arguments) throws IOException {
        int status = awaited(started(arguments));
        if (status != 0) {
            throw new IOException("Cannot run './candlestack " + String.join(" ", arguments) + "': exit code " + status
                    + ":\n" + Files.readString(home.resolve("bench.log")));
        }
    }

    private synchronized Process started(List<String> arguments) throws IOException {
        if (isAbandoned) {
            throw new InterruptedIOException("Interrupted");
        }
        Process process = builder(arguments).start();
        command = Optional.of(process);
        return process;
    }

    private ProcessBuilder builder(List<String> arguments) {
        List<String> words = new ArrayList<>();
        words.add(checkout.resolve("candlestack").toString());
        words.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(checkout.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        home.resolve("bench.log").toFile()));
        builder.environment().put("CANDLESTACK_HOME", home.toString());
        ports.forEach((service, port) ->
                builder.environment().put("CANDLESTACK_" + service + "_PORT", Integer.toString(port)));
        return builder;
    }

    private static int awaited(Process process) throws InterruptedIOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while ./candlestack was running");
        }
    }

    private static Map<String, Integer> freePorts() throws IOException {
        Map<String, Integer> ports = new TreeMap<>();
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (String service : SERVICES) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                held.add(socket);
                ports.put(service, socket.getLocalPort());
            }
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
        return ports;
    }
}
