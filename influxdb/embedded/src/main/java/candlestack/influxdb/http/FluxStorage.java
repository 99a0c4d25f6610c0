package candlestack.influxdb.http;

import candlestack.flux.storage.Aggregation;
import candlestack.flux.storage.Bucket;
import candlestack.flux.storage.ReadRequest;
import candlestack.flux.storage.Series;
import candlestack.flux.storage.SeriesCursor;
import candlestack.flux.storage.Storage;
import candlestack.flux.storage.StorageException;
import candlestack.flux.storage.StorageException.Kind;
import candlestack.influxdb.access.Authorization;
import candlestack.influxdb.access.Catalog;
import candlestack.influxdb.access.Organization;
import candlestack.influxdb.store.BucketStore;
import candlestack.influxdb.store.PointBatch;
import candlestack.influxdb.store.SeriesBatch;
import candlestack.influxdb.store.Store;
import candlestack.influxdb.store.StoreBusyException;
import candlestack.influxdb.store.StoreReader;
import candlestack.influxdb.store.WriteResult;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Predicate;

/** The store as one query of one caller sees it. */
final class FluxStorage implements Storage {
    private final Catalog catalog;
    private final Store store;
    private final Organization organization;
    private final Authorization authorization;
    private final Runnable pulse;

    /** @param pulse called for every block that is read; may throw to end the query */
    FluxStorage(Catalog catalog, Store store, Organization organization, Authorization authorization, Runnable pulse) {
        this.catalog = catalog;
        this.store = store;
        this.organization = organization;
        this.authorization = authorization;
        this.pulse = pulse;
    }

    @Override
    public List<Bucket> buckets() {
        return catalog.buckets().stream()
                .filter(bucket -> bucket.organizationId().equals(organization.id()))
                .filter(authorization::mayRead)
                .map(bucket -> new Bucket(bucket.name(), bucket.id(), bucket.organizationId(), bucket.retention()))
                .toList();
    }

    @Override
    public SeriesCursor read(ReadRequest request) {
        return reader(request).read(request);
    }

    @Override
    public Optional<SeriesCursor> readAggregated(ReadRequest request, Aggregation aggregation) {
        return reader(request).readAggregated(request, aggregation);
    }

    @Override
    public SortedSet<String> tagKeys(ReadRequest request) {
        return reader(request).tagKeys(request);
    }

    @Override
    public SortedSet<String> tagValues(ReadRequest request, String tag) {
        return reader(request).tagValues(request, tag);
    }

    @Override
    public void write(String bucketName, List<Series> series) {
        BucketStore bucket = find(bucketName, authorization::mayWrite);
        PointBatch batch = SeriesBatch.of(bucket, series);
        try {
            WriteResult result = store.write(bucket, batch);
            if (result.dropped() > 0) {
                throw new StorageException(
                        Kind.INVALID,
                        "cannot write to bucket \"" + bucketName + "\": " + result.reason() + "; points dropped: "
                                + result.dropped());
            }
        } catch (StoreBusyException e) {
            throw new StorageException(Kind.UNAVAILABLE, e.getMessage());
        }
    }

    private StoreReader reader(ReadRequest request) {
        return new StoreReader(find(request.bucket(), authorization::mayRead), pulse);
    }

    /** A bucket that the caller has no right to does not exist for them. */
    private BucketStore find(String name, Predicate<candlestack.influxdb.access.Bucket> permitted) {
        return catalog.bucket(organization, name)
                .filter(permitted)
                .flatMap(bucket -> store.bucket(bucket.number()))
                .orElseThrow(() -> new StorageException(Kind.NOT_FOUND, "could not find bucket \"" + name + "\""));
    }
}
