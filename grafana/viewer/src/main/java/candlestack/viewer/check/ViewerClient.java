package candlestack.viewer.check;

import static java.util.Objects.requireNonNull;

import candlestack.viewer.files.Dashboard;
import candlestack.viewer.query.Interval;
import candlestack.viewer.query.QueryException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** Asks a viewer what its page asks. */
final class ViewerClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int POINTS = 600;

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI address;

    ViewerClient(URI address) {
        this.address = requireNonNull(address, "address is null");
    }

    /** The variables' defaults, or their first options where the files give none; empty while there is no option. */
    ObjectNode variables(Dashboard dashboard) {
        ObjectNode chosen = JSON.createObjectNode();
        for (JsonNode variable : dashboard.variables()) {
            String name = variable.path("name").asText();
            JsonNode preset = variable.path("current").path("value");
            String value = (preset.isArray() ? preset.path(0) : preset).asText();
            chosen.put(name, value.isEmpty() ? firstOption(dashboard, variable, chosen) : value);
        }
        return chosen;
    }

    List<Answer> ask(Dashboard dashboard, JsonNode panel, ObjectNode variables) {
        ObjectNode request =
                request(dashboard, variables).put("panelId", panel.path("id").asInt());
        request.put("maxDataPoints", panel.path("maxDataPoints").asInt(POINTS));
        List<Answer> answers = new ArrayList<>();
        send(request)
                .properties()
                .forEach(result -> answers.add(new Answer(
                        dashboard.uid() + " / " + panel.path("title").asText() + " / " + result.getKey(),
                        rows(result.getValue()),
                        result.getValue().path("error").asText())));
        return answers;
    }

    private String firstOption(Dashboard dashboard, JsonNode variable, ObjectNode chosen) {
        String name = variable.path("name").asText();
        ObjectNode request = request(dashboard, chosen).put("variable", name);
        JsonNode values = send(request)
                .path(name)
                .path("frames")
                .path(0)
                .path("data")
                .path("values")
                .path(0);
        String pattern = variable.path("regex").asText().replaceAll("^/|/$", "");
        return StreamSupport.stream(values.spliterator(), false)
                .map(JsonNode::asText)
                .filter(option -> pattern.isEmpty() || option.matches(pattern + ".*"))
                .findFirst()
                .orElse("");
    }

    private static ObjectNode request(Dashboard dashboard, ObjectNode variables) {
        String from = dashboard.json().path("time").path("from").asText().replaceFirst("^now-", "");
        long now = System.currentTimeMillis();
        ObjectNode request = JSON.createObjectNode()
                .put("client", "check")
                .put("dashboardUid", dashboard.uid())
                .put("from", now - Interval.parse(from).toMillis())
                .put("to", now);
        request.set("variables", variables);
        return request;
    }

    private JsonNode send(ObjectNode body) {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/api/query"))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        try {
            JsonNode answer =
                    JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
            if (answer.has("message")) {
                throw new QueryException("The viewer refused " + body + ": "
                        + answer.path("message").asText());
            }
            return answer.path("results");
        } catch (IOException e) {
            throw new QueryException("Cannot ask the viewer at " + address + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryException("Interrupted while asking the viewer", e);
        }
    }

    private static long rows(JsonNode result) {
        return StreamSupport.stream(result.path("frames").spliterator(), false)
                .mapToLong(frame -> frame.path("data").path("values").path(0).size())
                .sum();
    }
}
