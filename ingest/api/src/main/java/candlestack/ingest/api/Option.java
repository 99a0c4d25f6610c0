package candlestack.ingest.api;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One option of a source, as a constant of its factory. It describes itself, parses what is written, and is the key to
 * its value in {@link Config}. An option is required until it has a default or is {@link #optional()}. Immutable.
 */
public final class Option<T> {
    private final String name;
    private final String description;
    private final OptionType<T> type;
    private final Optional<String> defaultText;
    private final Need need;

    private enum Need {
        REQUIRED,
        OPTIONAL,
        SECRET,
        OPTIONAL_SECRET
    }

    private Option(String name, String description, OptionType<T> type, Optional<String> defaultText, Need need) {
        this.name = requireNonNull(name, "name is null");
        this.description = requireNonNull(description, "description is null");
        this.type = requireNonNull(type, "type is null");
        this.defaultText = defaultText;
        this.need = need;
    }

    /** @param description a sentence; it becomes the comment in the sample configuration */
    public static <T> Option<T> of(String name, OptionType<T> type, String description) {
        return new Option<>(name, description, type, Optional.empty(), Need.REQUIRED);
    }

    public static Option<String> text(String name, String description) {
        return of(name, OptionType.text(), description);
    }

    public static Option<List<String>> list(String name, String description) {
        return of(name, OptionType.list(), description);
    }

    public static Option<Path> path(String name, String description) {
        return of(name, OptionType.path(), description);
    }

    public static Option<Boolean> flag(String name, String description) {
        return of(name, OptionType.flag(), description);
    }

    /** A whole number from {@code minimum} to {@code maximum}, both accepted. */
    public static Option<Long> number(String name, long minimum, long maximum, String description) {
        return of(name, OptionType.number(minimum, maximum), description);
    }

    /** A decimal number from {@code minimum} to {@code maximum}, both accepted. */
    public static Option<BigDecimal> decimal(String name, BigDecimal minimum, BigDecimal maximum, String description) {
        return of(name, OptionType.decimal(minimum, maximum), description);
    }

    /** A duration from {@code minimum} to {@code maximum}, both accepted. */
    public static Option<Duration> duration(String name, Duration minimum, Duration maximum, String description) {
        return of(name, OptionType.duration(minimum, maximum), description);
    }

    /** One of the constants of {@code type}, written in lower case with hyphens. */
    public static <E extends Enum<E>> Option<E> choice(String name, Class<E> type, String description) {
        return of(name, OptionType.choice(type), description);
    }

    /** @param text as it would be written; must be acceptable */
    public Option<T> withDefault(String text) {
        type.parse(text);
        return new Option<>(name, description, type, Optional.of(text), need);
    }

    /** May be left out; its value is an {@link Optional} then. */
    public Option<Optional<T>> optional() {
        Function<String, Optional<T>> parser = text -> Optional.of(type.parse(text));
        return new Option<>(
                name,
                description,
                new OptionType<>(type.accepted(), parser),
                Optional.empty(),
                isSecret() ? Need.OPTIONAL_SECRET : Need.OPTIONAL);
    }

    /** Its value is never shown or logged. */
    public Option<T> secret() {
        return new Option<>(name, description, type, defaultText, isOptional() ? Need.OPTIONAL_SECRET : Need.SECRET);
    }

    /** Lower-case words joined by hyphens, dots to nest, such as {@code poll-interval}. */
    public String name() {
        return name;
    }

    public String description() {
        return description;
    }

    /** What may be written, such as {@code a whole number from 1 to 100}. */
    public String accepted() {
        return type.accepted();
    }

    /** As it would be written. */
    public Optional<String> defaultText() {
        return defaultText;
    }

    public boolean isSecret() {
        return need == Need.SECRET || need == Need.OPTIONAL_SECRET;
    }

    public boolean isRequired() {
        return defaultText.isEmpty() && !isOptional();
    }

    boolean isOptional() {
        return need == Need.OPTIONAL || need == Need.OPTIONAL_SECRET;
    }

    /** @throws IllegalArgumentException if it is not what {@link #accepted()} says */
    T parse(String text) {
        return type.parse(text);
    }

    @Override
    public String toString() {
        return name;
    }
}
