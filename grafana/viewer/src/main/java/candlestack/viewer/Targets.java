package candlestack.viewer;

import candlestack.viewer.files.Dashboard;
import candlestack.viewer.query.QueryException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Finds in a dashboard's file the queries that a request names. Every target comes with its data source. */
final class Targets {
    private Targets() {}

    /** @throws QueryException when the file has no such thing */
    static List<ObjectNode> of(Dashboard dashboard, PanelRequest request) {
        String name = request.what().name();
        return switch (request.what().kind()) {
            case PANEL -> ofPanel(dashboard.panel(Integer.parseInt(name)), request);
            case ANNOTATION -> List.of(ofAnnotation(dashboard.annotation(name).orElseThrow(() -> unknown(name))));
            case VARIABLE -> List.of(ofVariable(dashboard.variable(name).orElseThrow(() -> unknown(name))));
        };
    }

    private static List<ObjectNode> ofPanel(JsonNode panel, PanelRequest request) {
        List<ObjectNode> targets = new ArrayList<>();
        for (JsonNode written : panel.path("targets")) {
            boolean wanted = request.refId()
                    .map(written.path("refId").asText()::equals)
                    .orElse(!written.path("hide").asBoolean());
            if (wanted) {
                ObjectNode target = withDataSource(written.deepCopy(), panel);
                if (panel.hasNonNull("interval")) {
                    target.set("leastInterval", panel.get("interval"));
                }
                targets.add(target);
            }
        }
        return targets;
    }

    private static ObjectNode ofAnnotation(JsonNode annotation) {
        ObjectNode target = annotation.path("target").isObject()
                ? annotation.get("target").deepCopy()
                : JsonNodeFactory.instance.objectNode();
        for (String key : List.of("query", "rawSql", "rawQuery", "format")) {
            if (!target.hasNonNull(key) && annotation.hasNonNull(key)) {
                target.set(key, annotation.get(key));
            }
        }
        target.put("refId", annotation.path("name").asText());
        return withDataSource(target, annotation);
    }

    /** A variable's query is a text, or an object with the text in it. */
    private static ObjectNode ofVariable(JsonNode variable) {
        JsonNode query = variable.path("query");
        ObjectNode target = query.isObject() ? query.deepCopy() : JsonNodeFactory.instance.objectNode();
        if (query.isTextual()) {
            target.set("query", query);
        }
        if (!target.hasNonNull("rawSql")) {
            target.set("rawSql", target.path("query"));
        }
        target.put("refId", variable.path("name").asText());
        return withDataSource(target, variable);
    }

    private static ObjectNode withDataSource(ObjectNode target, JsonNode owner) {
        if (!target.path("datasource").hasNonNull("uid")) {
            target.set("datasource", owner.path("datasource"));
        }
        return target;
    }

    private static QueryException unknown(String name) {
        return new QueryException("Cannot find '" + name + "' in the dashboard");
    }
}
