package candlestack.analytics.sinks.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Finds the page with the longest path that the request begins with. GET and nothing else. */
final class JsonHandler extends Handler.Abstract {
    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, JsonPage> pages;

    JsonHandler(Map<String, JsonPage> pages) {
        this.pages = Map.copyOf(pages);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws JsonProcessingException {
        if (!HttpMethod.GET.is(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET");
            answer(response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, message("Only GET is answered here"));
            return true;
        }
        try {
            Optional<JsonNode> page = find(Request.getPathInContext(request));
            if (page.isPresent()) {
                answer(response, callback, HttpStatus.OK_200, page.get());
            } else {
                answer(response, callback, HttpStatus.NOT_FOUND_404, message("No such page; there are " + names()));
            }
        } catch (UnavailableException e) {
            answer(response, callback, HttpStatus.SERVICE_UNAVAILABLE_503, message(e.getMessage()));
        }
        return true;
    }

    private Optional<JsonNode> find(String path) {
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
            JsonPage page = pages.get(path.substring(0, end));
            if (page != null) {
                return page.answer(path.substring(Math.min(path.length(), end + 1)));
            }
        }
        return Optional.empty();
    }

    private String names() {
        return String.join(", ", pages.keySet().stream().sorted().toList());
    }

    private static JsonNode message(String text) {
        return JsonNodeFactory.instance.objectNode().put("message", text);
    }

    private static void answer(Response response, Callback callback, int status, JsonNode body)
            throws JsonProcessingException {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.write(true, ByteBuffer.wrap(JSON.writeValueAsBytes(body)), callback);
    }
}
