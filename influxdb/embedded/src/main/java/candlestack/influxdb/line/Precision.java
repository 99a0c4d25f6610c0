package candlestack.influxdb.line;

import java.util.Optional;

/** The unit of a line's timestamp. */
public enum Precision {
    NANOSECONDS("ns", 1),
    MICROSECONDS("us", 1_000),
    MILLISECONDS("ms", 1_000_000),
    SECONDS("s", 1_000_000_000);

    private final String name;
    private final long nanos;

    Precision(String name, long nanos) {
        this.name = name;
        this.nanos = nanos;
    }

    /** The precision that a request names, if it is one. */
    public static Optional<Precision> of(String name) {
        for (Precision precision : values()) {
            if (precision.name.equals(name)) {
                return Optional.of(precision);
            }
        }
        return Optional.empty();
    }

    long nanos() {
        return nanos;
    }
}
