package candlestack.viewer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes whole answers. */
final class Answers {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Answers() {}

    static void json(Response response, Callback callback, int status, Object value) {
        try {
            bytes(response, callback, status, "application/json", JSON.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            callback.failed(e);
        }
    }

    static void error(Response response, Callback callback, int status, String message) {
        json(response, callback, status, Map.of("message", message));
    }

    static void bytes(Response response, Callback callback, int status, String type, byte[] content) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.write(true, ByteBuffer.wrap(content), callback);
    }
}
