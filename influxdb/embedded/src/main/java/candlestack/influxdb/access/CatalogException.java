package candlestack.influxdb.access;

import static java.util.Objects.requireNonNull;

/** A change that the catalog refuses, in InfluxDB's words. */
public final class CatalogException extends RuntimeException {
    private final Kind kind;

    public CatalogException(Kind kind, String message) {
        super(message);
        this.kind = requireNonNull(kind, "kind is null");
    }

    public Kind kind() {
        return kind;
    }

    /** Why. */
    public enum Kind {
        CONFLICT,
        INVALID,
        NOT_FOUND,
        UNPROCESSABLE
    }
}
