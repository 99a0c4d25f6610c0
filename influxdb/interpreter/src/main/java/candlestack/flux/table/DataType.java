package candlestack.flux.table;

/** The type of a column. */
public enum DataType {
    BOOLEAN("boolean", "bool", 1),
    INTEGER("long", "int", 8),
    UNSIGNED("unsignedLong", "uint", 8),
    FLOAT("double", "float", 8),
    STRING("string", "string", 8),
    TIME("dateTime:RFC3339", "time", 8),
    DURATION("duration", "duration", 24);

    private final String annotation;
    private final String fluxName;
    private final int bytes;

    DataType(String annotation, String fluxName, int bytes) {
        this.annotation = annotation;
        this.fluxName = fluxName;
        this.bytes = bytes;
    }

    /** The name in the {@code #datatype} line of annotated CSV. */
    public String annotation() {
        return annotation;
    }

    /** The name in Flux. */
    public String fluxName() {
        return fluxName;
    }

    /** About how much a value takes in a column, without what it refers to. */
    public int bytes() {
        return bytes;
    }

    /** Whether a column of this type is an array of longs. */
    public boolean isLong() {
        return this == INTEGER || this == UNSIGNED || this == TIME;
    }

    public boolean isNumeric() {
        return this == INTEGER || this == UNSIGNED || this == FLOAT;
    }
}
