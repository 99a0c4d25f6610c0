package candlestack.viewer;

import static java.util.Objects.requireNonNull;

import candlestack.viewer.files.Dashboard;
import candlestack.viewer.files.DashboardFiles;
import candlestack.viewer.query.QueryException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The API of the page, in the shape of Grafana's where it has one. Blocks while a query runs. */
final class ApiHandler extends Handler.Abstract {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_BODY = 512 * 1024;
    private static final String BY_UID = "/api/dashboards/uid/";

    private final DashboardFiles files;
    private final QueryService queries;

    ApiHandler(DashboardFiles files, QueryService queries) {
        this.files = requireNonNull(files, "files is null");
        this.queries = requireNonNull(queries, "queries is null");
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = Request.getPathInContext(request);
        if (!path.startsWith("/api/")) {
            return false;
        }
        String call = request.getMethod() + " " + path;
        if (call.startsWith("GET " + BY_UID)) {
            dashboard(files.find(path.substring(BY_UID.length())), response, callback);
            return true;
        }
        switch (call) {
            case "GET /api/health" ->
                Answers.json(response, callback, 200, Map.of("database", "ok", "version", "candlestack"));
            case "GET /api/search" -> Answers.json(response, callback, 200, search());
            case "GET /api/dashboards/home" -> dashboard(files.home(), response, callback);
            case "POST /api/query" -> query(request, response, callback);
            case "POST /api/cancel" -> cancel(request, response, callback);
            default -> Answers.error(response, callback, 404, "No such call: " + call);
        }
        return true;
    }

    private Map<String, Object> search() {
        List<Map<String, Object>> found = files.all().stream()
                .map(dashboard -> Map.<String, Object>of(
                        "uid", dashboard.uid(),
                        "title", dashboard.title(),
                        "folder", dashboard.folder(),
                        "description", dashboard.json().path("description").asText(),
                        "tags", dashboard.json().path("tags")))
                .toList();
        return Map.of("dashboards", found, "problems", files.problems());
    }

    private void dashboard(Optional<Dashboard> found, Response response, Callback callback) {
        if (found.isEmpty()) {
            String problems = String.join("; ", files.problems());
            Answers.error(response, callback, 404, "No such dashboard" + (problems.isEmpty() ? "" : ": " + problems));
            return;
        }
        Dashboard dashboard = found.get();
        Map<String, String> meta = Map.of("folderTitle", dashboard.folder(), "version", dashboard.version());
        Answers.json(response, callback, 200, Map.of("dashboard", dashboard.json(), "meta", meta));
    }

    private void query(Request request, Response response, Callback callback) throws IOException {
        try {
            PanelRequest asked = PanelRequest.read(body(request));
            byte[] answer = ResultWriter.write(queries.run(asked));
            files.find(asked.dashboard())
                    .ifPresent(dashboard -> response.getHeaders().put("X-Dashboard-Version", dashboard.version()));
            Answers.bytes(response, callback, 200, "application/json", answer);
        } catch (QueryException e) {
            Answers.error(response, callback, 400, e.getMessage());
        }
    }

    private void cancel(Request request, Response response, Callback callback) throws IOException {
        try {
            String client = body(request).path("client").asText();
            if (client.isEmpty()) {
                throw new QueryException("Invalid request: no client");
            }
            queries.cancel(client + "/");
            Answers.json(response, callback, 200, Map.of());
        } catch (QueryException e) {
            Answers.error(response, callback, 400, e.getMessage());
        }
    }

    /** A form of another site cannot send this type of content. */
    private static JsonNode body(Request request) throws IOException {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        if (type == null || !type.startsWith("application/json")) {
            throw new QueryException("Invalid request: expected the content type application/json");
        }
        if (request.getLength() < 0 || request.getLength() > MAX_BODY) {
            throw new QueryException("Invalid request: expected at most " + MAX_BODY + " bytes");
        }
        try {
            JsonNode json = JSON.readTree(Content.Source.asInputStream(request));
            if (!json.isObject()) {
                throw new QueryException("Invalid request: expected an object");
            }
            return json;
        } catch (JsonProcessingException e) {
            throw new QueryException("Invalid request: " + e.getOriginalMessage(), e);
        }
    }
}
