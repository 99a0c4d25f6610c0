package candlestack.influxdb.http;

import candlestack.influxdb.access.Authorization;
import candlestack.influxdb.access.Bucket;
import candlestack.influxdb.access.Catalog;
import candlestack.influxdb.access.Label;
import candlestack.influxdb.access.Membership.Role;
import candlestack.influxdb.access.Permission;
import java.io.IOException;

/** The lists {@code labels}, {@code members} and {@code owners} below a bucket. */
final class BucketRelationsEndpoint {
    private static final String BUCKET = "/api/v2/buckets/{id}";

    private final Catalog catalog;
    private final BucketAccess access;
    private final Views views;

    BucketRelationsEndpoint(Catalog catalog, BucketAccess access, Views views) {
        this.catalog = catalog;
        this.access = access;
        this.views = views;
    }

    void addTo(Router router) {
        addLabels(router, BUCKET + "/labels");
        addUsers(router, BUCKET + "/members", Role.MEMBER);
        addUsers(router, BUCKET + "/owners", Role.OWNER);
    }

    private void addLabels(Router router, String list) {
        router.secured("GET", list, (exchange, authorization, path) -> {
            Bucket bucket = access.find(path.get(0), authorization, Permission.READ);
            exchange.answer(
                    200, Page.view(exchange.path(), "labels", catalog.labels().of(bucket.id()), views::label));
        });
        router.secured("POST", list, (exchange, authorization, path) -> {
            Bucket bucket = access.find(path.get(0), authorization, Permission.WRITE);
            Label label = catalog.labels().mark(bucket, id(exchange, "labelID"));
            exchange.answer(201, views.wrapped(label));
        });
        router.secured("DELETE", list + "/{label}", (exchange, authorization, path) -> {
            catalog.labels().unmark(access.find(path.get(0), authorization, Permission.WRITE), path.get(1));
            exchange.noContent();
        });
    }

    private void addUsers(Router router, String list, Role role) {
        router.secured("GET", list, (exchange, authorization, path) -> {
            Bucket bucket = access.find(path.get(0), authorization, Permission.READ);
            exchange.answer(
                    200,
                    Page.view(
                            exchange.path(),
                            "users",
                            catalog.users().of(bucket.id(), role),
                            user -> views.user(user, role)));
        });
        router.secured(
                "POST", list, (exchange, authorization, path) -> add(exchange, authorization, path.get(0), role));
        router.secured("DELETE", list + "/{user}", (exchange, authorization, path) -> {
            Bucket bucket = access.find(path.get(0), authorization, Permission.WRITE);
            catalog.users().remove(bucket.id(), path.get(1), role);
            exchange.noContent();
        });
    }

    private void add(Exchange exchange, Authorization authorization, String bucketId, Role role) throws IOException {
        Bucket bucket = access.find(bucketId, authorization, Permission.WRITE);
        exchange.answer(201, views.user(catalog.users().add(bucket.id(), id(exchange, "id"), role), role));
    }

    private static String id(Exchange exchange, String field) throws IOException {
        return Exchange.text(exchange.json(), field)
                .orElseThrow(() -> new ApiException(ErrorCode.INVALID, field + " is missing from the request body"));
    }
}
