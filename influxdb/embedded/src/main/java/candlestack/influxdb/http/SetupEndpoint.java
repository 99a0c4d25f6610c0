package candlestack.influxdb.http;

import candlestack.influxdb.access.Catalog;
import candlestack.influxdb.store.Store;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code /api/v2/setup}: the first user, organisation, bucket and token of a new server. A password is taken and
 * forgotten: there is nothing to sign in to.
 */
final class SetupEndpoint {
    private static final String PATH = "/api/v2/setup";

    private final Catalog catalog;
    private final Store store;
    private final Views views;

    SetupEndpoint(Catalog catalog, Store store, Views views) {
        this.catalog = catalog;
        this.store = store;
        this.views = views;
    }

    void addTo(Router router) {
        router.open(
                "GET",
                PATH,
                (exchange, path) -> exchange.answer(
                        200, JsonNodeFactory.instance.objectNode().put("allowed", catalog.isEmpty())));
        router.open("POST", PATH, (exchange, path) -> onboard(exchange));
    }

    private void onboard(Exchange exchange) throws IOException {
        JsonNode body = exchange.json();
        List<String> missing = new ArrayList<>();
        for (String field : List.of("username", "org", "bucket")) {
            if (body.path(field).asText("").isEmpty()) {
                missing.add(field);
            }
        }
        if (!missing.isEmpty() && catalog.isEmpty()) {
            throw new ApiException(
                    ErrorCode.UNPROCESSABLE,
                    "onboarding failed: missing required fields [" + String.join(",", missing) + "]");
        }
        Catalog.Onboarding made = catalog.onboard(
                body.path("username").asText(""),
                body.path("org").asText(""),
                body.path("bucket").asText(""),
                retention(body),
                body.path("token").asText(""));
        catalog.buckets().forEach(bucket -> store.createBucket(bucket.spec()));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("user", views.user(made.user()));
        answer.set("bucket", views.bucket(made.bucket()));
        answer.set("org", views.organization(made.organization()));
        answer.set(
                "auth",
                views.authorization(
                        made.authorization().authorization(),
                        made.authorization().token()));
        exchange.answer(201, answer);
    }

    private static Duration retention(JsonNode body) {
        long seconds = body.path("retentionPeriodSeconds").asLong(0);
        return seconds != 0
                ? Duration.ofSeconds(seconds)
                : Duration.ofHours(body.path("retentionPeriodHrs").asLong(0));
    }
}
