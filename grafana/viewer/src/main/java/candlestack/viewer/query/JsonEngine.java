package candlestack.viewer.query;

import static java.util.Objects.requireNonNull;

import candlestack.viewer.query.Frame.Field;
import candlestack.viewer.query.Frame.FieldType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Infinity's JSON targets, read from one base address: {@code root_selector} is a dotted path, {@code columns} name the
 * values of each element.
 */
public final class JsonEngine implements QueryEngine {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Http http;
    private final String baseUrl;
    private final Limits limits;

    public JsonEngine(HttpClient client, String baseUrl, Limits limits) {
        this.http = new Http(client, "the status endpoint", baseUrl, limits);
        this.baseUrl = requireNonNull(baseUrl, "baseUrl is null");
        this.limits = requireNonNull(limits, "limits is null");
    }

    @Override
    public List<Frame> run(JsonNode target, Scope scope, Cancellation cancellation) {
        String path = scope.variables().interpolate(target.path("url").asText(), Language.URL);
        if (!path.startsWith("/") || path.startsWith("//") || path.contains("..")) {
            throw new QueryException("Invalid url '" + path + "': expected a path such as /sinks");
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(baseUrl + path))
                .timeout(limits.timeout())
                .header("Accept", "application/json")
                .build();
        HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray(), cancellation);
        if (response.statusCode() != 200) {
            throw new QueryException("The status endpoint answered " + response.statusCode() + " to " + path
                    + message(response.body(), path));
        }
        return List.of(frame(target, root(parsed(response.body(), path), target, path)));
    }

    /** What it says about the failure; nothing where the answer is not its own. */
    private static String message(byte[] body, String path) {
        try {
            String message = parsed(body, path).path("message").asText();
            return message.isEmpty() ? "" : ": " + message;
        } catch (QueryException e) {
            return "";
        }
    }

    private static JsonNode parsed(byte[] body, String path) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new QueryException("Cannot read the JSON of " + path + ": " + e.getMessage(), e);
        }
    }

    private static JsonNode root(JsonNode json, JsonNode target, String path) {
        JsonNode node = json;
        for (String step : target.path("root_selector").asText().split("\\.")) {
            node = step.isEmpty() || step.equals("$") ? node : node.path(step);
        }
        if (node.isMissingNode()) {
            throw new QueryException(
                    "Cannot find '" + target.path("root_selector").asText() + "' in the JSON of " + path);
        }
        return node;
    }

    private Frame frame(JsonNode target, JsonNode root) {
        List<JsonNode> elements = new ArrayList<>();
        (root.isArray() ? root : List.of(root)).forEach(elements::add);
        boolean tooMany = elements.size() > limits.rows();
        List<JsonNode> kept = tooMany ? elements.subList(0, limits.rows()) : elements;
        List<Field> fields = new ArrayList<>();
        for (JsonNode column : target.path("columns")) {
            fields.add(field(column, kept));
        }
        Frame frame = new Frame(target.path("refId").asText(), fields);
        return tooMany ? frame.withNotice(limits.notice()) : frame;
    }

    private static Field field(JsonNode column, List<JsonNode> elements) {
        String selector = column.path("selector").asText();
        String type = column.path("type").asText("string");
        List<Object> values = new ArrayList<>(elements.size());
        for (JsonNode element : elements) {
            JsonNode value = element.at("/" + selector.replace('.', '/'));
            values.add(value.isMissingNode() || value.isNull() ? null : value(value, type));
        }
        return new Field(column.path("text").asText(selector), fieldType(type), Map.of(), values);
    }

    private static FieldType fieldType(String type) {
        return switch (type) {
            case "number" -> FieldType.NUMBER;
            case "boolean" -> FieldType.BOOLEAN;
            case "timestamp", "timestamp_epoch", "timestamp_epoch_s" -> FieldType.TIME;
            default -> FieldType.STRING;
        };
    }

    private static Object value(JsonNode value, String type) {
        return switch (type) {
            case "number" -> value.isNumber() ? (Object) value.doubleValue() : null;
            case "boolean" -> value.asBoolean();
            case "timestamp" -> instant(value.asText());
            case "timestamp_epoch" -> value.asLong();
            case "timestamp_epoch_s" -> value.asLong() * 1000;
            default -> value.isValueNode() ? value.asText() : value.toString();
        };
    }

    private static Long instant(String text) {
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (DateTimeParseException e) {
            throw new QueryException("Invalid time '" + text + "' in the JSON of the status endpoint", e);
        }
    }
}
