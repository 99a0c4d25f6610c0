package candlestack.config;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;

/**
 * One setting of {@code candlestack.yaml}: dots nest, hyphens join.
 *
 * @param defaultValue as it would be written in the file; empty means "not set"
 * @param parser turns the written text into the value, or throws {@link IllegalArgumentException} with what is accepted
 */
public record Key<T>(String name, String defaultValue, String description, Function<String, T> parser) {
    public Key {
        requireNonNull(name, "name is null");
        requireNonNull(defaultValue, "defaultValue is null");
        requireNonNull(description, "description is null");
        requireNonNull(parser, "parser is null");
    }

    /** The environment variable that overrides the file: {@code kafka.port} is {@code CANDLESTACK_KAFKA_PORT}. */
    public String environmentVariable() {
        return "CANDLESTACK_" + name.replace('.', '_').replace('-', '_').toUpperCase(java.util.Locale.ROOT);
    }
}
