package candlestack.ingest.api;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/** The values of a source's options, each of its own type. Immutable. */
public final class Config {
    private final Map<Option<?>, Object> values;

    Config(Map<Option<?>, Object> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * The value that is written, or the default.
     *
     * @throws NullPointerException if the option is not of the {@link ConfigSpec} this was bound by
     */
    @SuppressWarnings("unchecked") // values holds under each option what that option parsed
    public <T> T get(Option<T> option) {
        return (T) requireNonNull(values.get(option), () -> "no such option: " + option.name());
    }
}
