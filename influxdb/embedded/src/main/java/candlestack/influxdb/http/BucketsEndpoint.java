package candlestack.influxdb.http;

import candlestack.influxdb.access.Authorization;
import candlestack.influxdb.access.Bucket;
import candlestack.influxdb.access.Catalog;
import candlestack.influxdb.access.Organization;
import candlestack.influxdb.access.Permission;
import candlestack.influxdb.store.Store;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code /api/v2/buckets}. */
final class BucketsEndpoint {
    private static final String PATH = "/api/v2/buckets";

    private final Catalog catalog;
    private final BucketAccess access;
    private final Store store;
    private final Views views;

    BucketsEndpoint(Catalog catalog, BucketAccess access, Store store, Views views) {
        this.catalog = catalog;
        this.access = access;
        this.store = store;
        this.views = views;
    }

    void addTo(Router router) {
        router.secured("GET", PATH, (exchange, authorization, path) -> list(exchange, authorization));
        router.secured("POST", PATH, (exchange, authorization, path) -> create(exchange, authorization));
        router.secured(
                "GET",
                PATH + "/{id}",
                (exchange, authorization, path) ->
                        exchange.answer(200, views.bucket(access.find(path.get(0), authorization, Permission.READ))));
        router.secured(
                "PATCH",
                PATH + "/{id}",
                (exchange, authorization, path) ->
                        update(exchange, access.find(path.get(0), authorization, Permission.WRITE)));
        router.secured(
                "DELETE",
                PATH + "/{id}",
                (exchange, authorization, path) ->
                        delete(exchange, access.find(path.get(0), authorization, Permission.WRITE)));
    }

    private void list(Exchange exchange, Authorization authorization) {
        Page page = Page.of(exchange);
        Optional<String> name = exchange.parameter("name");
        Optional<String> id = exchange.parameter("id");
        Optional<String> organization = exchange.parameter("orgID")
                .or(() -> exchange.parameter("org"))
                .map(wanted -> catalog.organization(wanted)
                        .map(Organization::id)
                        .orElseThrow(() -> new ApiException(
                                ErrorCode.NOT_FOUND, "organization name \"" + wanted + "\" not found")));
        List<Bucket> found = catalog.buckets().stream()
                .filter(authorization::mayRead)
                .filter(bucket -> name.isEmpty() || name.get().equals(bucket.name()))
                .filter(bucket -> id.isEmpty() || id.get().equals(bucket.id()))
                .filter(bucket -> organization.isEmpty() || organization.get().equals(bucket.organizationId()))
                .toList();
        List<Bucket> shown = page.of(found, Bucket::id);
        ObjectNode answer = Page.view(PATH, "buckets", shown, views::bucket);
        answer.set("links", page.links(exchange, shown.size()));
        exchange.answer(200, answer);
    }

    private void create(Exchange exchange, Authorization authorization) throws IOException {
        JsonNode body = exchange.json();
        String organization = body.path("orgID").asText("");
        if (organization.isEmpty()) {
            throw new ApiException(ErrorCode.INVALID, "organization id must be provided");
        }
        if (!authorization.allows(Permission.WRITE, Permission.Resource.BUCKETS, organization, null)) {
            throw new ApiException(ErrorCode.UNAUTHORIZED, "write:orgs/" + organization + "/buckets is unauthorized");
        }
        Bucket made = catalog.createBucket(
                organization,
                body.path("name").asText(""),
                body.path("description").asText(""),
                retention(body).orElse(Duration.ZERO));
        store.createBucket(made.spec());
        exchange.answer(201, views.bucket(made));
    }

    private void update(Exchange exchange, Bucket bucket) throws IOException {
        JsonNode body = exchange.json();
        Bucket changed = catalog.updateBucket(
                bucket.id(), Exchange.text(body, "name"), Exchange.text(body, "description"), retention(body));
        store.changeRetention(changed.number(), changed.retention());
        exchange.answer(200, views.bucket(changed));
    }

    private void delete(Exchange exchange, Bucket bucket) {
        catalog.deleteBucket(bucket.id());
        store.dropBucket(bucket.number());
        exchange.noContent();
    }

    private static Optional<Duration> retention(JsonNode body) {
        JsonNode rules = body.path("retentionRules");
        if (rules.size() > 1) {
            throw new ApiException(
                    ErrorCode.UNPROCESSABLE, "buckets cannot have more than one retention rule at this time");
        }
        JsonNode seconds = rules.path(0).path("everySeconds");
        return seconds.isNumber() ? Optional.of(Duration.ofSeconds(seconds.asLong())) : Optional.empty();
    }
}
