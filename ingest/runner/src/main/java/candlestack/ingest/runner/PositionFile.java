package candlestack.ingest.runner;

import candlestack.ingest.api.Position;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a source goes on after a restart: a small JSON file that is replaced as a whole. */
final class PositionFile {
    private static final Logger LOG = LoggerFactory.getLogger(PositionFile.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final String source;
    private final String type;
    private final Clock clock;

    PositionFile(Path directory, String source, String type, Clock clock) {
        this.file = directory.resolve(source + ".json");
        this.source = source;
        this.type = type;
        this.clock = clock;
    }

    /**
     * The position that was saved last. A file that cannot be understood or belongs to another type is put aside: the
     * source begins anew, and what it sends again has the ids that it had.
     */
    Optional<Position> load() throws IOException {
        JsonNode saved;
        try {
            saved = JSON.readTree(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JacksonException e) {
            return putAside("it is not JSON");
        }
        if (!saved.path("position").isObject() || saved.path("position").isEmpty()) {
            return putAside("it has no position");
        }
        if (!saved.path("type").asText().equals(type)) {
            return putAside(
                    "it was written by a source of type '" + saved.path("type").asText() + "', not '" + type + "'");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        saved.path("position")
                .properties()
                .forEach(field -> fields.put(field.getKey(), field.getValue().asText()));
        return Optional.of(new Position(fields));
    }

    /** Returns when the position is on the disk. */
    void save(Position position) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("source", source);
        json.put("type", type);
        json.put("saved", Times.text(clock.instant()));
        ObjectNode fields = json.putObject("position");
        position.fields().forEach(fields::put);
        AtomicFiles.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
    }

    private Optional<Position> putAside(String reason) throws IOException {
        Path aside = file.resolveSibling(source + ".json.unusable");
        Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        LOG.warn("Cannot use position of '{}': {}; it is kept as {} and the source begins anew", source, reason, aside);
        return Optional.empty();
    }
}
