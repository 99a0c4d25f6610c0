package candlestack.flux.storage;

import static java.util.Objects.requireNonNull;

import java.util.Iterator;
import java.util.SortedMap;

/**
 * One field of one tag set.
 *
 * @param tags by name, with the measurement as {@code _measurement} and the field as {@code _field}
 * @param type the type of the values
 * @param blocks the points, at least one block, to be read once and before the next series is asked for
 */
public record Series(SortedMap<String, String> tags, ColumnType type, Iterator<Block> blocks) {
    public static final String MEASUREMENT = "_measurement";
    public static final String FIELD = "_field";

    public Series {
        requireNonNull(tags, "tags is null");
        requireNonNull(type, "type is null");
        requireNonNull(blocks, "blocks is null");
    }
}
