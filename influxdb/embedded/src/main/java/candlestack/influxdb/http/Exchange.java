package candlestack.influxdb.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/** One request and its answer. Used by one thread; blocking. */
final class Exchange {
    private static final JsonMapper JSON = new JsonMapper();

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final BodyReader bodies;
    private final Fields parameters;
    private boolean bodyBegun;

    Exchange(Request request, Response response, Callback callback, BodyReader bodies) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.bodies = bodies;
        this.parameters = Request.extractQueryParameters(request, UTF_8);
    }

    String method() {
        return request.getMethod();
    }

    String path() {
        return Request.getPathInContext(request);
    }

    /** A parameter of the query string, unless it is absent or empty. */
    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.getValue(name)).filter(value -> !value.isEmpty());
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }

    /** The body as it was meant, unzipped where it is zipped. To be closed once it is parsed. */
    Body body() throws IOException {
        bodies.checkAnnounced(request);
        bodyBegun = true;
        return bodies.read(request);
    }

    /**
     * Takes what is left of the body, so that a client that is still sending it comes to read the answer: closing the
     * connection on it could cost the client the answer. A client that waits to be told to go on is not.
     */
    void discardBody() {
        boolean waiting = header("Expect").isPresent() && !bodyBegun;
        if (!waiting) {
            bodies.discard(request);
        }
    }

    /** The body as JSON. */
    JsonNode json() throws IOException {
        try (Body body = body()) {
            JsonNode node = JSON.readTree(body.bytes(), 0, body.length());
            if (node == null || !node.isObject()) {
                throw new ApiException(ErrorCode.INVALID, "failed to decode request body: expected a JSON object");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new ApiException(ErrorCode.INVALID, "failed to decode request body: " + e.getOriginalMessage());
        }
    }

    /** A field of a body, unless it is absent or null. */
    static Optional<String> text(JsonNode body, String field) {
        return body.hasNonNull(field) ? Optional.of(body.path(field).asText()) : Optional.empty();
    }

    /** The parameters of the query string. */
    Fields parameters() {
        return parameters;
    }

    void header(String name, String value) {
        response.getHeaders().put(name, value);
    }

    void noContent() {
        response.setStatus(204);
        callback.succeeded();
    }

    void answer(int status, JsonNode body) {
        answer(status, "application/json; charset=utf-8", body.toString().getBytes(UTF_8));
    }

    void answer(int status, String contentType, byte[] body) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        boolean headOnly = method().equals("HEAD");
        response.write(true, headOnly ? ByteBuffer.allocate(0) : ByteBuffer.wrap(body), callback);
    }

    /** Begins an answer of unknown length. */
    OutputStream stream(int status, String contentType) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        return Content.Sink.asOutputStream(response);
    }

    /** Ends an answer that was streamed. */
    void streamed() {
        callback.succeeded();
    }

    boolean isCommitted() {
        return response.isCommitted();
    }

    void fail(Throwable cause) {
        callback.failed(cause);
    }

    /** Takes back the headers that only the intended answer was to have. */
    void reset() {
        response.getHeaders().remove(HttpHeader.CONTENT_ENCODING);
        response.getHeaders().remove(HttpHeader.CONTENT_TYPE);
    }
}
