package candlestack.influxdb.http;

import candlestack.influxdb.access.Authorization;
import candlestack.influxdb.access.Bucket;
import candlestack.influxdb.line.LineParser;
import candlestack.influxdb.line.LineProtocolException;
import candlestack.influxdb.line.Precision;
import candlestack.influxdb.store.BucketStore;
import candlestack.influxdb.store.Nanos;
import candlestack.influxdb.store.PointBatch;
import candlestack.influxdb.store.Store;
import candlestack.influxdb.store.WriteResult;
import java.io.IOException;
import java.time.Clock;

/** {@code POST /api/v2/write}: line protocol. */
final class WriteEndpoint {
    private final Store store;
    private final Targets targets;
    private final Clock clock;

    WriteEndpoint(Store store, Targets targets, Clock clock) {
        this.store = store;
        this.targets = targets;
        this.clock = clock;
    }

    void addTo(Router router) {
        router.secured("POST", "/api/v2/write", (exchange, authorization, path) -> write(exchange, authorization));
    }

    private void write(Exchange exchange, Authorization authorization) throws IOException {
        Precision precision = Precision.of(exchange.parameter("precision").orElse("ns"))
                .orElseThrow(() -> new ApiException(
                        ErrorCode.INVALID, "invalid precision; valid precision units are ns, us, ms, and s"));
        Bucket bucket = targets.bucket(exchange, targets.organization(exchange, authorization));
        if (!authorization.mayWrite(bucket)) {
            throw new ApiException(ErrorCode.FORBIDDEN, "insufficient permissions for write");
        }
        BucketStore points = store.bucket(bucket.number()).orElseThrow(() -> ApiException.notFound("bucket"));
        try (Body body = exchange.body()) {
            WriteResult result = store.write(points, parse(points, precision, body));
            if (result.dropped() > 0) {
                throw new ApiException(
                        ErrorCode.UNPROCESSABLE,
                        "failure writing points to database: partial write: " + result.reason() + " dropped="
                                + result.dropped());
            }
        }
        exchange.noContent();
    }

    private PointBatch parse(BucketStore bucket, Precision precision, Body body) {
        try {
            return new LineParser(bucket, precision, Nanos.of(clock.instant())).parse(body.bytes(), body.length());
        } catch (LineProtocolException e) {
            throw new ApiException(ErrorCode.INVALID, e.getMessage(), e.line());
        }
    }
}
