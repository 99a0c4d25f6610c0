package candlestack.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The management API of InfluxDB 2 as its documentation has it, in memory. */
final class FakeInflux implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final Map<String, ObjectNode> buckets = new LinkedHashMap<>();
    private final Map<String, ObjectNode> authorizations = new LinkedHashMap<>();
    private String adminToken = "";
    private int ids;

    FakeInflux() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v2/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Retention in seconds by name. */
    synchronized Map<String, Long> retentions() {
        Map<String, Long> retentions = new LinkedHashMap<>();
        buckets.values()
                .forEach(bucket -> retentions.put(
                        bucket.path("name").asText(),
                        bucket.path("retentionRules")
                                .path(0)
                                .path("everySeconds")
                                .asLong()));
        return retentions;
    }

    synchronized Optional<JsonNode> authorization(String token) {
        return Optional.ofNullable(authorizations.get(token));
    }

    synchronized int authorizations() {
        return authorizations.size();
    }

    /** What a server that was replaced by an empty one knows of its tokens. */
    synchronized void forget() {
        authorizations.clear();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        JsonNode body = JSON.readTree(exchange.getRequestBody());
        String request =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        if (!request.endsWith("/setup") && !authorized(exchange)) {
            answer(
                    exchange,
                    401,
                    JSON.createObjectNode().put("code", "unauthorized").put("message", "unauthorized access"));
            return;
        }
        String patched = "PATCH /api/v2/buckets/";
        if (request.startsWith(patched)) {
            answer(
                    exchange,
                    200,
                    buckets.get(request.substring(patched.length())).setAll((ObjectNode) body));
            return;
        }
        switch (request) {
            case "GET /api/v2/setup" ->
                answer(exchange, 200, JSON.createObjectNode().put("allowed", adminToken.isEmpty()));
            case "POST /api/v2/setup" -> onboard(exchange, body);
            case "GET /api/v2/orgs" ->
                answer(exchange, 200, list("orgs", JSON.createObjectNode().put("id", "org")));
            case "GET /api/v2/buckets" ->
                answer(exchange, 200, list("buckets", buckets.values().toArray(ObjectNode[]::new)));
            case "POST /api/v2/buckets" -> answer(exchange, 201, bucket((ObjectNode) body));
            case "GET /api/v2/authorizations" ->
                answer(
                        exchange,
                        200,
                        list("authorizations", authorizations.values().toArray(ObjectNode[]::new)));
            case "POST /api/v2/authorizations" -> answer(exchange, 201, authorization((ObjectNode) body));
            default -> answer(exchange, 404, JSON.createObjectNode().put("message", "path not found"));
        }
    }

    private boolean authorized(HttpExchange exchange) {
        String header = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        String token = header.replaceFirst("^Token ", "");
        return token.equals(adminToken) || authorizations.containsKey(token);
    }

    private void onboard(HttpExchange exchange, JsonNode body) throws IOException {
        adminToken = body.path("token").asText();
        ObjectNode bucket =
                JSON.createObjectNode().put("name", body.path("bucket").asText());
        bucket.putArray("retentionRules")
                .addObject()
                .put("everySeconds", body.path("retentionPeriodSeconds").asLong());
        bucket(bucket);
        answer(exchange, 201, JSON.createObjectNode());
    }

    private ObjectNode bucket(ObjectNode bucket) {
        String id = "b" + ++ids;
        buckets.put(id, bucket.put("id", id));
        return bucket;
    }

    private ObjectNode authorization(ObjectNode authorization) {
        String token = "token-" + ++ids;
        ObjectNode listed = authorization.deepCopy();
        authorizations.put(token, listed);
        return authorization.put("token", token);
    }

    private static ObjectNode list(String name, ObjectNode... items) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode array = body.putArray(name);
        for (ObjectNode item : items) {
            array.add(item);
        }
        return body;
    }

    private static void answer(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.sendResponseHeaders(status, bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
