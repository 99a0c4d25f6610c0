package candlestack.influxdb.store;

import candlestack.flux.storage.ColumnType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** A measurement's series, in their order and by tag. Changed under the store's lock; read without it. */
final class Measurement {
    private final BucketStore bucket;
    private final String name;
    /** A field has one type in all series of a measurement. */
    private final Map<String, ColumnType> fields = new ConcurrentHashMap<>();

    private final ConcurrentNavigableMap<String, Series> series = new ConcurrentSkipListMap<>();
    private final Map<String, Map<String, Map<String, Series>>> byTag = new ConcurrentHashMap<>();

    Measurement(BucketStore bucket, String name) {
        this.bucket = bucket;
        this.name = name;
    }

    BucketStore bucket() {
        return bucket;
    }

    String name() {
        return name;
    }

    /** The field's type, or null. */
    ColumnType fieldType(String field) {
        return fields.get(field);
    }

    void fieldType(String field, ColumnType type) {
        fields.put(field, type);
    }

    Series series(SeriesName seriesName) {
        return series.get(seriesName.sortKey());
    }

    void add(Series added) {
        series.put(added.sortKey(), added);
        List<String> tags = added.tags();
        for (int i = 0; i < tags.size(); i += 2) {
            byTag.computeIfAbsent(tags.get(i), ignored -> new ConcurrentHashMap<>())
                    .computeIfAbsent(tags.get(i + 1), ignored -> new ConcurrentHashMap<>())
                    .put(added.sortKey(), added);
        }
    }

    void remove(Series removed) {
        series.remove(removed.sortKey());
        List<String> tags = removed.tags();
        for (int i = 0; i < tags.size(); i += 2) {
            Map<String, Map<String, Series>> values = byTag.get(tags.get(i));
            Map<String, Series> withValue = values.get(tags.get(i + 1));
            withValue.remove(removed.sortKey());
            if (withValue.isEmpty()) {
                values.remove(tags.get(i + 1));
            }
        }
    }

    boolean isEmpty() {
        return series.isEmpty();
    }

    /** All series, in the order of their tags. */
    Collection<Series> series() {
        return series.values();
    }

    int seriesWith(String tag, String value) {
        return byTag.getOrDefault(tag, Map.of()).getOrDefault(value, Map.of()).size();
    }

    /** The series with that tag, in the order of their tags. */
    List<Series> seriesWithTag(String tag, String value) {
        List<Series> found = new ArrayList<>(
                byTag.getOrDefault(tag, Map.of()).getOrDefault(value, Map.of()).values());
        found.sort((left, right) -> left.sortKey().compareTo(right.sortKey()));
        return found;
    }
}
