package candlestack.flux.table;

import static java.util.Objects.requireNonNull;

/** A column's name and type. */
public record ColumnMeta(String label, DataType type) {
    public ColumnMeta {
        requireNonNull(label, "label is null");
        requireNonNull(type, "type is null");
    }
}
