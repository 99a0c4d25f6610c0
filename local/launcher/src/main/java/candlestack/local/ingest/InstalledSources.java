package candlestack.local.ingest;

import static java.util.Objects.requireNonNull;

import candlestack.local.Installation;
import candlestack.local.LauncherException;
import candlestack.local.process.Command;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What can be said about sources: which types there are, which are configured, and how those that run are doing. */
public final class InstalledSources {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** On a machine at its limit the runner's JVM alone may take half a minute. */
    private static final Duration LISTING_LIMIT = Duration.ofMinutes(2);
    /** The runner replaces its file every second. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final Installation installation;
    private final InstantSource clock;

    public InstalledSources(Installation installation, InstantSource clock) {
        this.installation = requireNonNull(installation, "installation is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * {@code types} with their options and {@code configured} sources, each with its {@code health} while it runs.
     *
     * @throws LauncherException when the runner's listing fails
     */
    public ObjectNode describe() throws IOException, InterruptedException {
        ObjectNode all = listing();
        Map<String, JsonNode> health = health();
        for (JsonNode source : all.path("configured")) {
            Optional.ofNullable(health.remove(source.path("name").asText()))
                    .ifPresent(node -> ((ObjectNode) source).set("health", node));
        }
        // What runs and is no longer to be found: of a plugin whose file was replaced by a broken one.
        health.forEach((name, node) -> {
            ObjectNode source = all.withArray("configured").addObject();
            source.put("name", name).put("type", node.path("type").asText()).put("enabled", true);
            source.putArray("problems");
            source.set("health", node);
        });
        return all;
    }

    /** What the running host says of its plugins and its configuration; empty when none is at work. */
    public Optional<JsonNode> host() throws IOException {
        Path file = installation.run().resolve("ingest-status.json");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        JsonNode status = JSON.readTree(Files.readAllBytes(file));
        Instant written = Instant.parse(status.path("time").asText());
        return Optional.of(status)
                .filter(ignored -> Duration.between(written, clock.instant()).compareTo(FRESH) < 0);
    }

    /** What the runner says about each source, by name; empty when no runner is at work. */
    public Map<String, JsonNode> health() throws IOException {
        Map<String, JsonNode> byName = new TreeMap<>();
        host().ifPresent(status -> status.path("sources")
                .forEach(source -> byName.put(source.path("name").asText(), source)));
        return byName;
    }

    /** What keeps sources from working at the moment, a line each; empty when all is well or no runner is at work. */
    public List<String> troubles() throws IOException {
        List<String> troubles = new ArrayList<>();
        new TreeMap<>(health())
                .forEach((name, source) -> trouble(source).ifPresent(said -> troubles.add(name + ": " + said)));
        return troubles;
    }

    /** Why it does not run, or the notice by which it says that it runs in vain: such begin with "Cannot". */
    private static Optional<String> trouble(JsonNode source) {
        String state = source.path("state").asText();
        if (state.equals("misconfigured") && !source.path("problems").isEmpty()) {
            return Optional.of(source.path("problems").path(0).asText());
        }
        if (state.equals("misconfigured") || state.equals("retrying")) {
            return Optional.of(source.path("lastError").path("message").asText());
        }
        return Optional.of(source.path("notice").asText()).filter(notice -> notice.startsWith("Cannot"));
    }

    private ObjectNode listing() throws IOException, InterruptedException {
        Command command = IngestServices.listing(installation).command(List.of());
        return JsonProgram.run(command, LISTING_LIMIT, "list the sources");
    }
}
