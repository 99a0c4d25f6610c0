package candlestack.viewer;

import candlestack.viewer.query.Interval;
import candlestack.viewer.query.QueryException;
import candlestack.viewer.query.TimeRange;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a browser asks: a panel, an annotation or a variable of a dashboard, and never a query of its own.
 *
 * @param client names the page and the thing asked for; a newer request of the same name replaces an older one
 * @param what the kind and the name
 * @param refId one target of the panel, where not all are wanted
 * @param maxDataPoints as many as the panel has pixels
 * @param variables chosen values by name
 */
record PanelRequest(
        String client,
        String dashboard,
        Subject what,
        Optional<String> refId,
        TimeRange range,
        int maxDataPoints,
        Map<String, List<String>> variables) {
    private static final int MAX_POINTS = 30_000;
    private static final int MAX_VALUES = 1_000;
    private static final int MAX_LENGTH = 300;

    enum Kind {
        PANEL,
        ANNOTATION,
        VARIABLE
    }

    record Subject(Kind kind, String name) {}

    /** @throws QueryException naming what is wrong with the request */
    static PanelRequest read(JsonNode json) {
        return new PanelRequest(
                json.path("client").asText(),
                json.path("dashboardUid").asText(),
                subject(json),
                json.hasNonNull("refId") ? Optional.of(json.get("refId").asText()) : Optional.empty(),
                new TimeRange(instant(json, "from"), instant(json, "to")),
                points(json),
                variables(json.path("variables")));
    }

    /** The width of a point: by the range and the pixels, and no less than {@code least}. */
    Duration interval(String least) {
        Duration shortest = least.isBlank() ? Duration.ofMillis(1) : Interval.parse(least);
        return Interval.of(range, maxDataPoints, shortest);
    }

    private static Subject subject(JsonNode json) {
        if (json.path("panelId").isInt()) {
            return new Subject(Kind.PANEL, json.get("panelId").asText());
        }
        if (json.path("annotation").isTextual()) {
            return new Subject(Kind.ANNOTATION, json.get("annotation").asText());
        }
        if (json.path("variable").isTextual()) {
            return new Subject(Kind.VARIABLE, json.get("variable").asText());
        }
        throw new QueryException("Invalid request: expected one of panelId, annotation, variable");
    }

    private static Instant instant(JsonNode json, String name) {
        try {
            if (json.path(name).isIntegralNumber()) {
                return Instant.ofEpochMilli(json.get(name).asLong());
            }
        } catch (DateTimeException e) {
            throw new QueryException("Invalid " + name + ": " + e.getMessage(), e);
        }
        throw new QueryException("Invalid " + name + ": expected milliseconds since 1970");
    }

    private static int points(JsonNode json) {
        int points = json.path("maxDataPoints").asInt(800);
        if (points < 1 || points > MAX_POINTS) {
            throw new QueryException("Invalid maxDataPoints: " + points + ", expected 1 to " + MAX_POINTS);
        }
        return points;
    }

    private static Map<String, List<String>> variables(JsonNode json) {
        Map<String, List<String>> variables = new HashMap<>();
        json.properties().forEach(entry -> {
            List<String> values = new ArrayList<>();
            JsonNode written = entry.getValue();
            (written.isArray() ? written : List.of(written)).forEach(value -> values.add(value.asText()));
            if (values.size() > MAX_VALUES || values.stream().anyMatch(value -> value.length() > MAX_LENGTH)) {
                throw new QueryException("Invalid variable '" + entry.getKey() + "': at most " + MAX_VALUES
                        + " values of at most " + MAX_LENGTH + " characters");
            }
            variables.put(entry.getKey(), values);
        });
        return variables;
    }
}
