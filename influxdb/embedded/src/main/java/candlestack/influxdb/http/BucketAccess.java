package candlestack.influxdb.http;

import candlestack.influxdb.access.Authorization;
import candlestack.influxdb.access.Bucket;
import candlestack.influxdb.access.Catalog;
import candlestack.influxdb.access.Permission;

/** Finds buckets by id for those who may see them. */
final class BucketAccess {
    private final Catalog catalog;

    BucketAccess(Catalog catalog) {
        this.catalog = catalog;
    }

    /** A bucket that the token allows this to be done with; one that it may neither read nor write is not found. */
    Bucket find(String id, Authorization authorization, String action) {
        Bucket bucket = catalog.bucket(id)
                .filter(found -> authorization.mayRead(found) || authorization.mayWrite(found))
                .orElseThrow(() -> ApiException.notFound("bucket"));
        if (!authorization.allows(action, Permission.Resource.BUCKETS, bucket.organizationId(), id)) {
            throw new ApiException(
                    ErrorCode.UNAUTHORIZED,
                    action + ":orgs/" + bucket.organizationId() + "/buckets/" + id + " is unauthorized");
        }
        return bucket;
    }
}
