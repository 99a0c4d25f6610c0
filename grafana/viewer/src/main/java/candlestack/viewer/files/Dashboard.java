package candlestack.viewer.files;

import static java.util.Objects.requireNonNull;

import candlestack.viewer.query.QueryException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * One dashboard's file.
 *
 * @param folder the name of the folder it lies in, "" at the top
 * @param file its path below the folder of dashboards
 * @param version changes with the file's content
 */
public record Dashboard(String uid, String title, String folder, String file, String version, JsonNode json) {
    public Dashboard {
        requireNonNull(uid, "uid is null");
        requireNonNull(title, "title is null");
        requireNonNull(folder, "folder is null");
        requireNonNull(file, "file is null");
        requireNonNull(version, "version is null");
        requireNonNull(json, "json is null");
    }

    /** All panels but the rows, those of collapsed rows included. */
    public List<JsonNode> panels() {
        List<JsonNode> panels = new ArrayList<>();
        for (JsonNode panel : json.path("panels")) {
            if (panel.path("type").asText().equals("row")) {
                panel.path("panels").forEach(panels::add);
            } else {
                panels.add(panel);
            }
        }
        return panels;
    }

    /** @throws QueryException when there is no such panel */
    public JsonNode panel(int id) {
        return panels().stream()
                .filter(panel -> panel.path("id").asInt() == id)
                .findFirst()
                .orElseThrow(() -> new QueryException("Cannot find panel " + id + " in dashboard '" + uid + "'"));
    }

    public List<JsonNode> variables() {
        return elements(json.path("templating").path("list"));
    }

    public Optional<JsonNode> variable(String name) {
        return named(variables(), name);
    }

    public Optional<JsonNode> annotation(String name) {
        return named(elements(json.path("annotations").path("list")), name);
    }

    private static Optional<JsonNode> named(List<JsonNode> nodes, String name) {
        return nodes.stream()
                .filter(node -> node.path("name").asText().equals(name))
                .findFirst();
    }

    private static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
