package candlestack.local.ingest;

import static java.util.Objects.requireNonNull;

import candlestack.config.Settings;
import candlestack.local.Installation;
import candlestack.local.LauncherException;
import candlestack.local.process.Child;
import candlestack.local.process.Command;
import candlestack.local.process.FileTree;
import candlestack.local.process.Termination;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A file played once into the running stack by a runner of its own, which knows no other source and whose positions
 * are forgotten with it. An event's id is the same in every run over the same file, so playing twice changes nothing,
 * unless its times are moved to now.
 */
public final class Replay {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration STOP_GRACE = Duration.ofSeconds(8);
    private static final long READY_MILLIS = 60_000;
    private static final long LOOK_MILLIS = 250;
    private static final String END = "reached the end";

    private final Installation installation;
    private final String name;
    private final Map<String, String> options;

    /** How far it has come. */
    public record Progress(long published, long rejected, double perSecond) {}

    /**
     * @param name of the source, which tags the quotes
     * @param options of the replay source
     */
    public Replay(Installation installation, String name, Map<String, String> options) {
        this.installation = requireNonNull(installation, "installation is null");
        this.name = requireNonNull(name, "name is null");
        this.options = Map.copyOf(options);
    }

    /**
     * Returns when the last row is in Kafka.
     *
     * @param watcher told now and then how far it has come, and at the end
     * @throws LauncherException when the file cannot be played
     */
    public void run(Consumer<Progress> watcher) throws IOException, InterruptedException {
        Path home = installation.home().resolve("replays").resolve(name);
        FileTree.delete(home);
        Files.createDirectories(home);
        Child child = Child.start(command(home), installation.logs().resolve(name + ".log"), this::saysReady);
        Thread hook = new Thread(() -> end(child), "end-replay");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            if (!child.awaitReady(READY_MILLIS)) {
                throw failed(String.join("\n  | ", child.tail()));
            }
            follow(child, home, watcher);
        } finally {
            end(child);
            Runtime.getRuntime().removeShutdownHook(hook);
            FileTree.delete(home);
        }
    }

    private Command command(Path home) throws IOException {
        Command command = IngestServices.oneOff(installation, name).command(List.of());
        Map<String, String> environment = new HashMap<>(command.environment());
        String lines = options.entrySet().stream()
                .map(option -> "sources." + name + "." + option.getKey() + "=" + option.getValue())
                .collect(Collectors.joining("\n"));
        environment.merge(Settings.OVERRIDES_VARIABLE, lines, (set, own) -> set.isEmpty() ? own : set + "\n" + own);
        environment.put("CANDLESTACK_SOURCES", name);
        environment.put("CANDLESTACK_HOME", home.toString());
        return new Command(command.words(), environment, command.directory());
    }

    private boolean saysReady(String line) {
        return line.startsWith("ready " + name);
    }

    private void follow(Child child, Path home, Consumer<Progress> watcher) throws IOException, InterruptedException {
        while (true) {
            if (!child.handle().isAlive()) {
                throw failed("its process ended with exit code " + child.awaitExit());
            }
            Optional<JsonNode> source = status(home);
            if (source.isPresent()) {
                JsonNode health = source.get();
                watcher.accept(new Progress(
                        health.path("published").asLong(),
                        health.path("rejected").asLong(),
                        health.path("rate").asDouble()));
                requireNoFailure(health);
                if (health.path("notice").asText().startsWith(END)
                        && health.path("lag").asLong() == 0) {
                    return;
                }
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private static Optional<JsonNode> status(Path home) throws IOException {
        Path file = home.resolve("run/ingest-status.json");
        return Files.exists(file)
                ? Optional.ofNullable(
                        JSON.readTree(Files.readAllBytes(file)).path("sources").get(0))
                : Optional.empty();
    }

    private void requireNoFailure(JsonNode health) {
        boolean misconfigured = health.path("state").asText().equals("misconfigured");
        boolean failing = health.path("state").asText().equals("retrying");
        if (misconfigured || failing) {
            throw failed(health.path("lastError").path("message").asText("it cannot run"));
        }
    }

    private LauncherException failed(String reason) {
        return LauncherException.failed("Cannot replay '" + options.get("file") + "': " + reason);
    }

    private static void end(Child child) {
        try {
            Termination.end(List.of(child.handle()), STOP_GRACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
