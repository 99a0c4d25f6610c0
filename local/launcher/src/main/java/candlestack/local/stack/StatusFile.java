package candlestack.local.stack;

import static java.util.Objects.requireNonNull;

import candlestack.local.process.PidFiles;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;

/** {@code run/status.json}: what the launcher knows about its parts, for the commands that ask. */
public final class StatusFile {
    private static final ObjectMapper JSON = new ObjectMapper().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

    private final Path file;

    StatusFile(Path run) {
        this.file = requireNonNull(run, "run is null").resolve("status.json");
    }

    /** Replaces the file in one step: a reader sees the old one or the new one. */
    void write(String state, Map<String, Condition> conditions, Map<String, String> addresses) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("state", state);
        ObjectNode parts = root.putObject("parts");
        conditions.forEach((name, condition) -> {
            ObjectNode part = parts.putObject(name);
            part.put("phase", condition.phase().name().toLowerCase(java.util.Locale.ROOT));
            part.put("since", condition.since().toString());
            condition.pid().ifPresent(pid -> part.put("pid", pid));
            part.put("restarts", condition.restarts());
            if (!condition.detail().isEmpty()) {
                part.put("detail", condition.detail());
            }
            Optional.ofNullable(addresses.get(name)).ifPresent(address -> part.put("address", address));
        });
        Path draft = file.resolveSibling("status.draft");
        Files.write(draft, JSON.writeValueAsBytes(root));
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** What the launcher that is at work says; empty when none is. */
    public static Optional<ObjectNode> ofRunning(Path run) throws IOException {
        return new PidFiles(run).find(Launch.LAUNCHER).isPresent() ? new StatusFile(run).read() : Optional.empty();
    }

    /** What the last launcher of this home wrote; it may be gone since. */
    Optional<ObjectNode> read() throws IOException {
        try {
            return Optional.of((ObjectNode) JSON.readTree(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
