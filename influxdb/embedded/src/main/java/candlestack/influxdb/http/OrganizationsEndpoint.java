package candlestack.influxdb.http;

import candlestack.influxdb.access.Authorization;
import candlestack.influxdb.access.Catalog;
import candlestack.influxdb.access.Organization;
import candlestack.influxdb.access.Permission;
import candlestack.influxdb.store.Store;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code /api/v2/orgs}. */
final class OrganizationsEndpoint {
    private static final String PATH = "/api/v2/orgs";
    private static final String TYPE = "orgs";

    private final Catalog catalog;
    private final Store store;
    private final Views views;

    OrganizationsEndpoint(Catalog catalog, Store store, Views views) {
        this.catalog = catalog;
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
                        exchange.answer(200, views.organization(visible(path.get(0), authorization))));
        router.secured("DELETE", PATH + "/{id}", (exchange, authorization, path) -> {
            Organization organization = visible(path.get(0), authorization);
            checkMayWrite(authorization, organization.id());
            catalog.deleteOrganization(organization.id()).forEach(bucket -> store.dropBucket(bucket.number()));
            exchange.noContent();
        });
    }

    private void list(Exchange exchange, Authorization authorization) {
        Page page = Page.of(exchange);
        Optional<String> name = exchange.parameter("org");
        Optional<String> id = exchange.parameter("orgID");
        List<Organization> found = catalog.organizations().stream()
                .filter(organization -> isVisible(organization, authorization))
                .filter(organization -> name.isEmpty() || name.get().equals(organization.name()))
                .filter(organization -> id.isEmpty() || id.get().equals(organization.id()))
                .toList();
        if (name.isPresent() && found.isEmpty()) {
            throw new ApiException(ErrorCode.NOT_FOUND, "organization name \"" + name.get() + "\" not found");
        }
        exchange.answer(200, Page.view(PATH, TYPE, page.of(found, Organization::id), views::organization));
    }

    private void create(Exchange exchange, Authorization authorization) throws IOException {
        checkMayWrite(authorization, null);
        JsonNode body = exchange.json();
        Organization made = catalog.createOrganization(
                body.path("name").asText(""), body.path("description").asText(""));
        catalog.buckets().stream()
                .filter(bucket -> bucket.organizationId().equals(made.id()))
                .forEach(bucket -> store.createBucket(bucket.spec()));
        exchange.answer(201, views.organization(made));
    }

    private Organization visible(String id, Authorization authorization) {
        return catalog.organization(id)
                .filter(organization -> organization.id().equals(id))
                .filter(organization -> isVisible(organization, authorization))
                .orElseThrow(() -> ApiException.notFound("organization"));
    }

    private static boolean isVisible(Organization organization, Authorization authorization) {
        return organization.id().equals(authorization.organizationId())
                || authorization.allows(Permission.READ, TYPE, organization.id(), organization.id());
    }

    private static void checkMayWrite(Authorization authorization, String id) {
        if (!authorization.allows(Permission.WRITE, TYPE, id, id)) {
            throw new ApiException(
                    ErrorCode.UNAUTHORIZED, "write:orgs" + (id == null ? "" : "/" + id) + " is unauthorized");
        }
    }
}
