package candlestack.influxdb.store;

import candlestack.flux.storage.Predicate;
import java.util.List;
import java.util.Map;

/**
 * Which series a delete is about: all those that have the equal tags and do not have the unequal ones. Unlike in Flux,
 * a tag that a series does not have differs from every value.
 *
 * @param equal {@code _measurement} or a tag, and its value
 * @param unequal {@code _measurement} or a tag, and the value it must not have; pairs, as one tag may be in several
 */
public record DeleteCondition(Map<String, String> equal, List<Map.Entry<String, String>> unequal) {
    public static final DeleteCondition ALL = new DeleteCondition(Map.of(), List.of());

    public DeleteCondition {
        equal = Map.copyOf(equal);
        unequal = List.copyOf(unequal);
    }

    List<Column> select(BucketStore bucket) {
        List<Predicate> terms = equal.entrySet().stream()
                .map(entry -> (Predicate) new Predicate.Equal(entry.getKey(), entry.getValue()))
                .toList();
        List<Column> columns = bucket.select(new Predicate.And(terms));
        columns.removeIf(column ->
                unequal.stream().anyMatch(entry -> entry.getValue().equals(tag(column.series(), entry.getKey()))));
        return columns;
    }

    private static String tag(Series series, String key) {
        return key.equals(candlestack.flux.storage.Series.MEASUREMENT)
                ? series.measurement().name()
                : series.tag(key);
    }
}
