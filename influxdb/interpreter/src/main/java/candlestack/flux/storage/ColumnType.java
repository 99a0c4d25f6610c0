package candlestack.flux.storage;

/** The type of a field's values, and with it the array type of a {@link Block}'s values. */
public enum ColumnType {
    /** {@code double[]} */
    FLOAT,
    /** {@code long[]} */
    INTEGER,
    /** {@code long[]}, to be read as unsigned */
    UNSIGNED,
    /** {@code String[]} */
    STRING,
    /** {@code boolean[]} */
    BOOLEAN
}
