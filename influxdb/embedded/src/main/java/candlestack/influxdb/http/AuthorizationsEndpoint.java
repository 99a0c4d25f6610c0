package candlestack.influxdb.http;

import candlestack.influxdb.access.Authorization;
import candlestack.influxdb.access.Catalog;
import candlestack.influxdb.access.Permission;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code /api/v2/authorizations}. A token is shown once, in the answer that makes it. */
final class AuthorizationsEndpoint {
    private static final String PATH = "/api/v2/authorizations";
    private static final String TYPE = "authorizations";

    private final Catalog catalog;
    private final Views views;

    AuthorizationsEndpoint(Catalog catalog, Views views) {
        this.catalog = catalog;
        this.views = views;
    }

    void addTo(Router router) {
        router.secured("GET", PATH, (exchange, authorization, path) -> list(exchange, authorization));
        router.secured("POST", PATH, (exchange, authorization, path) -> create(exchange, authorization));
        router.secured(
                "GET",
                PATH + "/{id}",
                (exchange, authorization, path) -> exchange.answer(
                        200, views.authorization(find(path.get(0), authorization, Permission.READ), "")));
        router.secured(
                "PATCH",
                PATH + "/{id}",
                (exchange, authorization, path) ->
                        update(exchange, find(path.get(0), authorization, Permission.WRITE)));
        router.secured("DELETE", PATH + "/{id}", (exchange, authorization, path) -> {
            catalog.deleteAuthorization(
                    find(path.get(0), authorization, Permission.WRITE).id());
            exchange.noContent();
        });
    }

    private void list(Exchange exchange, Authorization authorization) {
        Optional<String> organization = exchange.parameter("orgID")
                .or(() -> exchange.parameter("org"))
                .map(wanted ->
                        catalog.organization(wanted).map(found -> found.id()).orElse(wanted));
        Optional<String> user = exchange.parameter("userID");
        Optional<String> userName = exchange.parameter("user");
        List<Authorization> found = catalog.authorizations().stream()
                .filter(other -> isVisible(other, authorization, Permission.READ))
                .filter(other -> organization.isEmpty() || organization.get().equals(other.organizationId()))
                .filter(other -> user.isEmpty() || user.get().equals(other.userId()))
                .filter(other -> userName.isEmpty()
                        || catalog.users()
                                .find(other.userId())
                                .filter(named -> named.name().equals(userName.get()))
                                .isPresent())
                .toList();
        exchange.answer(200, Page.view(PATH, TYPE, found, other -> views.authorization(other, "")));
    }

    private void create(Exchange exchange, Authorization authorization) throws IOException {
        JsonNode body = exchange.json();
        String organization = body.path("orgID").asText("");
        if (organization.isEmpty()) {
            throw new ApiException(ErrorCode.INVALID, "org id required");
        }
        List<Permission> permissions = permissions(body.path("permissions"));
        if (!authorization.allows(Permission.WRITE, TYPE, organization, null) || !authorization.covers(permissions)) {
            throw new ApiException(
                    ErrorCode.UNAUTHORIZED, "write:orgs/" + organization + "/authorizations is unauthorized");
        }
        Catalog.NewAuthorization made = catalog.createAuthorization(
                organization,
                body.path("userID").asText(authorization.userId()),
                body.path("description").asText(""),
                status(body).orElse(true),
                permissions);
        exchange.answer(201, views.authorization(made.authorization(), made.token()));
    }

    private void update(Exchange exchange, Authorization changed) throws IOException {
        JsonNode body = exchange.json();
        Optional<String> description = Exchange.text(body, "description");
        Authorization now = catalog.updateAuthorization(changed.id(), status(body), description);
        exchange.answer(200, views.authorization(now, ""));
    }

    private Authorization find(String id, Authorization authorization, String action) {
        return catalog.authorization(id)
                .filter(other -> isVisible(other, authorization, action))
                .orElseThrow(() -> ApiException.notFound("authorization"));
    }

    private static boolean isVisible(Authorization other, Authorization authorization, String action) {
        return authorization.allows(action, TYPE, other.organizationId(), other.id());
    }

    private static Optional<Boolean> status(JsonNode body) {
        if (!body.hasNonNull("status")) {
            return Optional.empty();
        }
        return switch (body.path("status").asText()) {
            case "active" -> Optional.of(true);
            case "inactive" -> Optional.of(false);
            default -> throw new ApiException(ErrorCode.INVALID, "unknown status: expected active or inactive");
        };
    }

    private static List<Permission> permissions(JsonNode array) {
        if (array.isEmpty()) {
            throw new ApiException(ErrorCode.INVALID, "authorization must include permissions");
        }
        List<Permission> permissions = new ArrayList<>();
        for (JsonNode node : array) {
            JsonNode resource = node.path("resource");
            if (!resource.hasNonNull("type")) {
                throw new ApiException(ErrorCode.INVALID, "a permission's resource must have a type");
            }
            try {
                permissions.add(new Permission(
                        node.path("action").asText(""),
                        new Permission.Resource(
                                resource.path("type").asText(),
                                resource.path("id").textValue(),
                                resource.path("orgID").textValue(),
                                null,
                                null)));
            } catch (IllegalArgumentException e) {
                throw new ApiException(ErrorCode.INVALID, e.getMessage());
            }
        }
        return permissions;
    }
}
