package candlestack.ingest.api;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the value of an option is written.
 *
 * @param accepted completes "expected ...", such as {@code true or false}
 * @param parser throws {@link IllegalArgumentException} on anything else; the message is replaced by {@code accepted}
 */
public record OptionType<T>(String accepted, Function<String, T> parser) {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

    public OptionType {
        requireNonNull(accepted, "accepted is null");
        requireNonNull(parser, "parser is null");
    }

    public static OptionType<String> text() {
        return new OptionType<>("a text", Function.<String>identity()).where(text -> !text.isEmpty());
    }

    /** Texts separated by commas, or a YAML list. */
    public static OptionType<List<String>> list() {
        return new OptionType<>("a list such as [a, b]", OptionType::items).where(items -> !items.isEmpty());
    }

    public static OptionType<Path> path() {
        return new OptionType<>("a path", OptionType::toPath);
    }

    public static OptionType<Boolean> flag() {
        return new OptionType<>("true or false", OptionType::toFlag);
    }

    public static OptionType<Long> number(long minimum, long maximum) {
        return new OptionType<>("a whole number from " + minimum + " to " + maximum, Long::valueOf)
                .where(value -> value >= minimum && value <= maximum);
    }

    public static OptionType<BigDecimal> decimal(BigDecimal minimum, BigDecimal maximum) {
        String accepted = "a number from " + minimum.toPlainString() + " to " + maximum.toPlainString();
        return new OptionType<>(accepted, BigDecimal::new)
                .where(value -> value.compareTo(minimum) >= 0 && value.compareTo(maximum) <= 0);
    }

    /** Written as people do: {@code 250ms}, {@code 10s}, {@code 5m}, {@code 1h}, {@code 365d}. */
    public static OptionType<Duration> duration(Duration minimum, Duration maximum) {
        String accepted =
                "a duration such as 250ms, 10s, 5m, 1h or 365d, from " + written(minimum) + " to " + written(maximum);
        return new OptionType<>(accepted, OptionType::toDuration)
                .where(value -> value.compareTo(minimum) >= 0 && value.compareTo(maximum) <= 0);
    }

    public static <E extends Enum<E>> OptionType<E> choice(Class<E> type) {
        String accepted =
                Arrays.stream(type.getEnumConstants()).map(OptionType::written).collect(Collectors.joining(", "));
        return new OptionType<>("one of " + accepted, text -> toConstant(type, text));
    }

    private OptionType<T> where(Predicate<T> condition) {
        return new OptionType<>(accepted, text -> {
            T value = parser.apply(text);
            if (!condition.test(value)) {
                throw new IllegalArgumentException();
            }
            return value;
        });
    }

    /** @throws IllegalArgumentException saying what is accepted */
    T parse(String text) {
        try {
            return parser.apply(text.strip());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException("expected " + accepted, e);
        }
    }

    private static List<String> items(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private static Path toPath(String text) {
        if (text.isEmpty()) {
            throw new InvalidPathException(text, "empty");
        }
        return Path.of(text);
    }

    private static boolean toFlag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException();
        };
    }

    private static Duration toDuration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException();
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private static <E extends Enum<E>> E toConstant(Class<E> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> written(constant).equals(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }

    private static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String written(Duration duration) {
        long milliseconds = duration.toMillis();
        if (milliseconds % 1000 != 0) {
            return milliseconds + "ms";
        }
        long seconds = milliseconds / 1000;
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        long minutes = seconds / 60;
        if (minutes % 60 != 0) {
            return minutes + "m";
        }
        return minutes % 1440 == 0 ? minutes / 1440 + "d" : minutes / 60 + "h";
    }
}
