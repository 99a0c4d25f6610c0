package candlestack.config;

import static java.util.Objects.requireNonNull;

/** A configured value and the place a person would change it, such as {@code candlestack.yaml:12}. */
public record Located(String value, String where) {
    public Located {
        requireNonNull(value, "value is null");
        requireNonNull(where, "where is null");
    }
}
