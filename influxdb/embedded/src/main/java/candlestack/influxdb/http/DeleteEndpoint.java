package candlestack.influxdb.http;

import candlestack.influxdb.access.Authorization;
import candlestack.influxdb.access.Bucket;
import candlestack.influxdb.store.BucketStore;
import candlestack.influxdb.store.DeleteCondition;
import candlestack.influxdb.store.Nanos;
import candlestack.influxdb.store.Store;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** {@code POST /api/v2/delete}: the points of a range, both ends included, that a predicate selects. */
final class DeleteEndpoint {
    private final Store store;
    private final Targets targets;

    DeleteEndpoint(Store store, Targets targets) {
        this.store = store;
        this.targets = targets;
    }

    void addTo(Router router) {
        router.secured("POST", "/api/v2/delete", (exchange, authorization, path) -> delete(exchange, authorization));
    }

    private void delete(Exchange exchange, Authorization authorization) throws IOException {
        JsonNode body = exchange.json();
        long start = time(body, "start");
        long stop = time(body, "stop");
        DeleteCondition condition = DeletePredicate.parse(body.path("predicate").asText(""));
        Bucket bucket = targets.bucket(exchange, targets.organization(exchange, authorization));
        if (!authorization.mayWrite(bucket)) {
            throw new ApiException(ErrorCode.FORBIDDEN, "insufficient permissions to delete");
        }
        BucketStore points = store.bucket(bucket.number()).orElseThrow(() -> ApiException.notFound("bucket"));
        store.delete(points, start, stop, condition);
        exchange.noContent();
    }

    private static long time(JsonNode body, String field) {
        try {
            Instant instant = OffsetDateTime.parse(body.path(field).asText("")).toInstant();
            return Nanos.of(instant);
        } catch (DateTimeException e) {
            throw new ApiException(
                    ErrorCode.INVALID,
                    "invalid RFC3339Nano for field " + field
                            + ", please format your time with RFC3339Nano format, example: 2009-01-02T23:00:00Z");
        }
    }
}
