package candlestack.influxdb.http;

import candlestack.influxdb.access.Authorization;
import candlestack.influxdb.access.Catalog;
import candlestack.influxdb.access.User;
import java.util.List;

/** {@code /api/v2/users} and {@code /api/v2/me}, to read only. */
final class UsersEndpoint {
    private static final String PATH = "/api/v2/users";

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
        router.secured(
                "GET",
                PATH,
                (exchange, authorization, path) ->
                        exchange.answer(200, Page.view(PATH, "users", visible(authorization), views::user)));
        router.secured(
                "GET",
                PATH + "/{id}",
                (exchange, authorization, path) -> exchange.answer(200, views.user(find(path.get(0), authorization))));
    }

    private User find(String id, Authorization authorization) {
        return visible(authorization).stream()
                .filter(user -> user.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound("user"));
    }

    private List<User> visible(Authorization authorization) {
        return catalog.users().stream()
                .filter(user -> user.id().equals(authorization.userId())
                        || authorization.allows("read", "users", null, user.id()))
                .toList();
    }
}
