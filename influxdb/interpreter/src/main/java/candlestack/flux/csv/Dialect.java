package candlestack.flux.csv;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/**
 * How tables are written as CSV.
 *
 * @param header whether there is a line of column names
 * @param delimiter between fields
 * @param annotations which of {@code datatype}, {@code group} and {@code default} lines there are
 */
public record Dialect(boolean header, char delimiter, Set<String> annotations) {
    /** What InfluxDB gives to who asks for no dialect. */
    public static final Dialect PLAIN = new Dialect(true, ',', Set.of());

    /** All annotations. */
    public static final Dialect ANNOTATED = new Dialect(true, ',', Set.of("datatype", "group", "default"));

    public Dialect {
        requireNonNull(annotations, "annotations is null");
        annotations = Set.copyOf(annotations);
        for (String annotation : annotations) {
            if (!Set.of("datatype", "group", "default").contains(annotation)) {
                throw new IllegalArgumentException("Invalid dialect: unknown annotation '" + annotation
                        + "', expected datatype, group or default");
            }
        }
    }
}
