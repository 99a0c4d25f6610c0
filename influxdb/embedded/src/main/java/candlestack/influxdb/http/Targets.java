package candlestack.influxdb.http;

import candlestack.influxdb.access.Authorization;
import candlestack.influxdb.access.Bucket;
import candlestack.influxdb.access.Catalog;
import candlestack.influxdb.access.Organization;

/** The organisation and bucket that a request names. */
final class Targets {
    private final Catalog catalog;

    Targets(Catalog catalog) {
        this.catalog = catalog;
    }

    /** The named organisation, or else the token's. */
    Organization organization(Exchange exchange, Authorization authorization) {
        String wanted =
                exchange.parameter("orgID").or(() -> exchange.parameter("org")).orElse(authorization.organizationId());
        return catalog.organization(wanted)
                .orElseThrow(
                        () -> new ApiException(ErrorCode.NOT_FOUND, "organization name \"" + wanted + "\" not found"));
    }

    Bucket bucket(Exchange exchange, Organization organization) {
        String wanted = exchange.parameter("bucketID")
                .or(() -> exchange.parameter("bucket"))
                .orElseThrow(() -> ApiException.notFound("bucket"));
        return catalog.bucket(organization, wanted)
                .orElseThrow(() -> ApiException.notFound("bucket \"" + wanted + "\""));
    }
}
