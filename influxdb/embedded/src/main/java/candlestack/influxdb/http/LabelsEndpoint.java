package candlestack.influxdb.http;

import candlestack.influxdb.access.Authorization;
import candlestack.influxdb.access.Catalog;
import candlestack.influxdb.access.Label;
import candlestack.influxdb.access.Permission;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /api/v2/labels}. */
final class LabelsEndpoint {
    private static final String PATH = "/api/v2/labels";
    private static final String TYPE = "labels";

    private final Catalog catalog;
    private final Views views;

    LabelsEndpoint(Catalog catalog, Views views) {
        this.catalog = catalog;
        this.views = views;
    }

    void addTo(Router router) {
        router.secured("GET", PATH, (exchange, authorization, path) -> list(exchange, authorization));
        router.secured("POST", PATH, (exchange, authorization, path) -> create(exchange, authorization));
        router.secured(
                "GET",
                PATH + "/{id}",
                (exchange, authorization, path) ->
                        exchange.answer(200, views.wrapped(find(path.get(0), authorization, Permission.READ))));
        router.secured(
                "PATCH",
                PATH + "/{id}",
                (exchange, authorization, path) ->
                        update(exchange, find(path.get(0), authorization, Permission.WRITE)));
        router.secured("DELETE", PATH + "/{id}", (exchange, authorization, path) -> {
            catalog.labels()
                    .delete(find(path.get(0), authorization, Permission.WRITE).id());
            exchange.noContent();
        });
    }

    private void list(Exchange exchange, Authorization authorization) {
        Optional<String> organization = exchange.parameter("orgID");
        List<Label> found = catalog.labels().all().stream()
                .filter(label -> isVisible(label, authorization, Permission.READ))
                .filter(label -> organization.isEmpty() || organization.get().equals(label.organizationId()))
                .toList();
        exchange.answer(200, Page.view(PATH, TYPE, found, views::label));
    }

    private void create(Exchange exchange, Authorization authorization) throws IOException {
        JsonNode body = exchange.json();
        String organization = body.path("orgID").asText("");
        if (!authorization.allows(Permission.WRITE, TYPE, organization, null)) {
            throw new ApiException(ErrorCode.UNAUTHORIZED, "write:orgs/" + organization + "/labels is unauthorized");
        }
        Label made = catalog.labels().create(organization, body.path("name").asText(""), properties(body));
        exchange.answer(201, views.wrapped(made));
    }

    private void update(Exchange exchange, Label label) throws IOException {
        JsonNode body = exchange.json();
        Label changed = catalog.labels().update(label.id(), Exchange.text(body, "name"), properties(body));
        exchange.answer(200, views.wrapped(changed));
    }

    private Label find(String id, Authorization authorization, String action) {
        return catalog.labels()
                .find(id)
                .filter(label -> isVisible(label, authorization, action))
                .orElseThrow(() -> ApiException.notFound("label"));
    }

    private static boolean isVisible(Label label, Authorization authorization, String action) {
        return authorization.allows(action, TYPE, label.organizationId(), label.id());
    }

    private static Map<String, String> properties(JsonNode body) {
        Map<String, String> properties = new LinkedHashMap<>();
        body.path("properties")
                .properties()
                .forEach(
                        field -> properties.put(field.getKey(), field.getValue().asText("")));
        return properties;
    }
}
