package candlestack.ingest.api;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far a source has been read: a few named texts that only the source understands, such as {@code {row=17}} or one
 * offset a partition. The host keeps them in a file that a person can read. Immutable.
 */
public record Position(Map<String, String> fields) {
    /** @throws IllegalArgumentException if there is no field */
    public Position {
        requireNonNull(fields, "fields is null");
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("Invalid position: no field");
        }
        fields = java.util.Collections.unmodifiableMap(new TreeMap<>(fields));
    }

    public static Position of(String field, String value) {
        return new Position(Map.of(field, value));
    }

    public static Position of(String field, long value) {
        return of(field, Long.toString(value));
    }

    public Optional<String> text(String field) {
        return Optional.ofNullable(fields.get(field));
    }

    /** @throws SourceException of kind {@link ErrorKind#POSITION_LOST} if the field is absent or no whole number */
    public long number(String field) throws SourceException {
        String text = fields.get(field);
        try {
            return Long.parseLong(requireNonNull(text, () -> "no field '" + field + "'"));
        } catch (NumberFormatException | NullPointerException e) {
            throw new SourceException(
                    ErrorKind.POSITION_LOST, "Cannot read position " + fields + ": '" + field + "' is " + text, e);
        }
    }
}
