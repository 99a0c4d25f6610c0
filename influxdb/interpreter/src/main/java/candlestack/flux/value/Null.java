package candlestack.flux.value;

import candlestack.flux.table.DataType;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** A missing value; it may know of which type it would have been. */
public final class Null {
    /** Missing, and of no known type. */
    public static final Null UNKNOWN = new Null(Optional.empty());

    private static final Map<DataType, Null> TYPED = new EnumMap<>(DataType.class);

    static {
        for (DataType type : DataType.values()) {
            TYPED.put(type, new Null(Optional.of(type)));
        }
    }

    private final Optional<DataType> type;

    private Null(Optional<DataType> type) {
        this.type = type;
    }

    public static Null of(DataType type) {
        return TYPED.get(type);
    }

    public Optional<DataType> type() {
        return type;
    }

    @Override
    public String toString() {
        return "<null>";
    }
}
