package candlestack.influxdb.access;

import java.util.LinkedHashMap;
import java.util.Map;

/** All there is in the catalog, by id. Immutable but for {@link #copy copies} under construction. */
record CatalogState(
        int version,
        Map<String, Organization> organizations,
        Map<String, User> users,
        Map<String, Bucket> buckets,
        Map<String, Authorization> authorizations) {
    static final int VERSION = 1;

    static CatalogState empty() {
        return new CatalogState(
                VERSION, new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    CatalogState copy() {
        return new CatalogState(
                version,
                new LinkedHashMap<>(organizations),
                new LinkedHashMap<>(users),
                new LinkedHashMap<>(buckets),
                new LinkedHashMap<>(authorizations));
    }
}
