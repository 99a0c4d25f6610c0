package candlestack.influxdb.http;

import candlestack.influxdb.store.Nanos;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What this is, whether it lives, and where the rest is. */
final class StatusEndpoint {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Clock clock;
    private final Instant started;
    private final byte[] landingPage = landingPage();

    StatusEndpoint(Clock clock) {
        this.clock = clock;
        this.started = clock.instant();
    }

    void addTo(Router router) {
        for (String method : List.of("GET", "HEAD")) {
            router.open(method, "/ping", (exchange, path) -> exchange.noContent());
            router.open(method, "/health", (exchange, path) -> exchange.answer(200, health()));
            router.open(method, "/ready", (exchange, path) -> exchange.answer(200, ready()));
            router.open(method, "/", (exchange, path) -> exchange.answer(200, "text/html; charset=utf-8", landingPage));
        }
        router.open("GET", "/api/v2", (exchange, path) -> exchange.answer(200, routes()));
    }

    private static ObjectNode health() {
        ObjectNode health = NODES.objectNode()
                .put("name", "influxdb")
                .put("message", "ready for queries and writes")
                .put("status", "pass");
        health.putArray("checks");
        return health.put("version", Version.HEADER).put("commit", Version.NAME);
    }

    private ObjectNode ready() {
        return NODES.objectNode()
                .put("status", "ready")
                .put("started", started.toString())
                .put("up", Nanos.text(Duration.between(started, clock.instant())));
    }

    private static ObjectNode routes() {
        ObjectNode routes = NODES.objectNode();
        for (String name :
                List.of("authorizations", "buckets", "delete", "labels", "me", "orgs", "setup", "users", "write")) {
            routes.put(name, "/api/v2/" + name);
        }
        routes.putObject("query").put("self", "/api/v2/query");
        routes.putObject("system").put("health", "/health");
        return routes;
    }

    private static byte[] landingPage() {
        try (InputStream page = StatusEndpoint.class.getResourceAsStream("landing.html")) {
            return page.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the landing page: " + e.getMessage(), e);
        }
    }
}
