package candlestack.influxdb.access;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All there is in the catalog, by id. Immutable but for {@link #copy copies} under construction. What an older file
 * lacks is empty.
 */
record CatalogState(
        int version,
        Map<String, Organization> organizations,
        Map<String, User> users,
        Map<String, Bucket> buckets,
        Map<String, Authorization> authorizations,
        Map<String, Label> labels,
        List<LabelMark> marks,
        List<Membership> memberships) {
    static final int VERSION = 1;

    CatalogState {
        labels = labels == null ? new LinkedHashMap<>() : labels;
        marks = marks == null ? new ArrayList<>() : marks;
        memberships = memberships == null ? new ArrayList<>() : memberships;
    }

    static CatalogState empty() {
        return new CatalogState(
                VERSION,
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new ArrayList<>(),
                new ArrayList<>());
    }

    CatalogState copy() {
        return new CatalogState(
                version,
                new LinkedHashMap<>(organizations),
                new LinkedHashMap<>(users),
                new LinkedHashMap<>(buckets),
                new LinkedHashMap<>(authorizations),
                new LinkedHashMap<>(labels),
                new ArrayList<>(marks),
                new ArrayList<>(memberships));
    }

    /** Takes a bucket away with all that is said of it; null if there is none. */
    Bucket removeBucket(String id) {
        marks.removeIf(mark -> mark.bucketId().equals(id));
        memberships.removeIf(membership -> membership.bucketId().equals(id));
        return buckets.remove(id);
    }
}
