package candlestack.influxdb.store;

import static candlestack.flux.storage.Series.FIELD;
import static candlestack.flux.storage.Series.MEASUREMENT;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One tag set of a measurement, with its columns. Changed under the store's lock; read without it. */
public final class Series {
    private static final Column[] NO_COLUMNS = {};

    private final Measurement measurement;
    private final SeriesName name;
    private final String sortKey;
    private volatile Column[] columns = NO_COLUMNS;
    private volatile boolean removed;

    Series(Measurement measurement, SeriesName name) {
        this.measurement = measurement;
        this.name = name;
        this.sortKey = name.sortKey();
    }

    /**
     * The column with the field of these UTF-8 bytes, or null: called for every value of every write.
     *
     * @param hint where it is looked for first
     */
    public Column column(byte[] bytes, int from, int to, int hint) {
        Column[] now = columns;
        if (hint < now.length && now[hint].isNamed(bytes, from, to)) {
            return now[hint];
        }
        for (Column column : now) {
            if (column.isNamed(bytes, from, to)) {
                return column;
            }
        }
        return null;
    }

    Optional<Column> column(String field) {
        return Arrays.stream(columns)
                .filter(column -> column.field().equals(field))
                .findFirst();
    }

    Column[] columns() {
        return columns;
    }

    void add(Column column) {
        Column[] more = Arrays.copyOf(columns, columns.length + 1);
        more[columns.length] = column;
        columns = more;
    }

    void remove(Column column) {
        columns = Arrays.stream(columns).filter(other -> other != column).toArray(Column[]::new);
    }

    BucketStore bucket() {
        return measurement.bucket();
    }

    Measurement measurement() {
        return measurement;
    }

    SeriesName name() {
        return name;
    }

    List<String> tags() {
        return name.tags();
    }

    /** Whether the index has forgotten this series; a writer that still holds it must look again. */
    boolean isRemoved() {
        return removed;
    }

    void markRemoved() {
        removed = true;
    }

    String sortKey() {
        return sortKey;
    }

    /** A tag's value, or null. */
    String tag(String key) {
        List<String> tags = tags();
        for (int i = 0; i < tags.size(); i += 2) {
            if (tags.get(i).equals(key)) {
                return tags.get(i + 1);
            }
        }
        return null;
    }

    /** A tag of one of its columns, or its measurement or field, as Flux names them; or null. */
    String fluxTag(Column column, String key) {
        return switch (key) {
            case MEASUREMENT -> measurement.name();
            case FIELD -> column.field();
            default -> tag(key);
        };
    }

    /** The tags of one of its columns as Flux names them. */
    SortedMap<String, String> fluxTags(Column column) {
        SortedMap<String, String> all = new TreeMap<>();
        all.put(MEASUREMENT, measurement.name());
        all.put(FIELD, column.field());
        List<String> tags = tags();
        for (int i = 0; i < tags.size(); i += 2) {
            all.put(tags.get(i), tags.get(i + 1));
        }
        return all;
    }
}
