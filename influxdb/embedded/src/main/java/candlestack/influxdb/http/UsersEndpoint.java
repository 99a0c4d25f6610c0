package candlestack.influxdb.http;

import candlestack.influxdb.access.Authorization;
import candlestack.influxdb.access.Catalog;
import candlestack.influxdb.access.Permission;
import candlestack.influxdb.access.User;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code /api/v2/users} and {@code /api/v2/me}. Users have no passwords: they own tokens, and nobody signs in. */
final class UsersEndpoint {
    private static final String PATH = "/api/v2/users";
    private static final String TYPE = "users";

    private final Catalog catalog;
    private final Views views;

    UsersEndpoint(Catalog catalog, Views views) {
        this.catalog = catalog;
        this.views = views;
    }

    void addTo(Router router) {
        router.secured(
                "GET",
                "/api/v2/me",
                (exchange, authorization, path) ->
                        exchange.answer(200, views.user(find(authorization.userId(), authorization))));
        router.secured("GET", PATH, (exchange, authorization, path) -> list(exchange, authorization));
        router.secured("POST", PATH, (exchange, authorization, path) -> create(exchange, authorization));
        router.secured(
                "GET",
                PATH + "/{id}",
                (exchange, authorization, path) -> exchange.answer(200, views.user(find(path.get(0), authorization))));
        router.secured(
                "PATCH",
                PATH + "/{id}",
                (exchange, authorization, path) -> update(exchange, writable(path.get(0), authorization)));
        router.secured("DELETE", PATH + "/{id}", (exchange, authorization, path) -> {
            catalog.users().delete(writable(path.get(0), authorization).id());
            exchange.noContent();
        });
    }

    private void list(Exchange exchange, Authorization authorization) {
        Page page = Page.of(exchange);
        Optional<String> name = exchange.parameter("name");
        List<User> found = visible(authorization).stream()
                .filter(user -> name.isEmpty() || name.get().equals(user.name()))
                .toList();
        exchange.answer(200, Page.view(PATH, TYPE, page.of(found, User::id), views::user));
    }

    private void create(Exchange exchange, Authorization authorization) throws IOException {
        if (!authorization.allows(Permission.WRITE, TYPE, null, null)) {
            throw new ApiException(ErrorCode.UNAUTHORIZED, "write:users is unauthorized");
        }
        JsonNode body = exchange.json();
        checkActive(body);
        exchange.answer(201, views.user(catalog.users().create(body.path("name").asText(""))));
    }

    private void update(Exchange exchange, User user) throws IOException {
        JsonNode body = exchange.json();
        checkActive(body);
        User changed =
                catalog.users().rename(user.id(), Exchange.text(body, "name").orElse(user.name()));
        exchange.answer(200, views.user(changed));
    }

    private static void checkActive(JsonNode body) {
        if (!body.path("status").asText("active").equals("active")) {
            throw new ApiException(
                    ErrorCode.INVALID,
                    "status of a user can only be active here; make the user's authorizations inactive instead");
        }
    }

    private User writable(String id, Authorization authorization) {
        User user = find(id, authorization);
        if (!authorization.allows(Permission.WRITE, TYPE, null, id)) {
            throw new ApiException(ErrorCode.UNAUTHORIZED, "write:users/" + id + " is unauthorized");
        }
        return user;
    }

    private User find(String id, Authorization authorization) {
        return visible(authorization).stream()
                .filter(user -> user.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound("user"));
    }

    private List<User> visible(Authorization authorization) {
        return catalog.users().all().stream()
                .filter(user -> user.id().equals(authorization.userId())
                        || authorization.allows(Permission.READ, TYPE, null, user.id()))
                .toList();
    }
}
