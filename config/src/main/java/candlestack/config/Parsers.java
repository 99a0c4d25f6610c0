package candlestack.config;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How written values become typed ones. Each refusal says what would be accepted. */
final class Parsers {
    private static final Pattern DURATION = Pattern.compile("(\\d+)\\s*(ms|s|m|h|d)");

    private Parsers() {}

    static Function<String, Optional<String>> optionalText() {
        return text -> text.isBlank() ? Optional.empty() : Optional.of(text.strip());
    }

    static Function<String, String> text() {
        return text -> {
            if (text.isBlank()) {
                throw new IllegalArgumentException("expected a text");
            }
            return text.strip();
        };
    }

    static Function<String, Path> path() {
        return text -> Path.of(text().apply(text));
    }

    static Function<String, List<String>> list() {
        return text -> Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /** At least one of the choices, separated by commas, in the order of the choices. */
    static Function<String, List<String>> choices(String... choices) {
        List<String> known = List.of(choices);
        String accepted = "expected one or more of " + String.join(", ", known);
        return text -> {
            List<String> chosen = list().apply(text);
            if (chosen.isEmpty() || !known.containsAll(chosen)) {
                throw new IllegalArgumentException(accepted);
            }
            return known.stream().filter(chosen::contains).toList();
        };
    }

    static Function<String, Integer> integer(int minimum, int maximum) {
        return text -> {
            int value;
            try {
                value = Integer.parseInt(text.strip());
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("expected a whole number from " + minimum + " to " + maximum, e);
            }
            if (value < minimum || value > maximum) {
                throw new IllegalArgumentException("expected a whole number from " + minimum + " to " + maximum);
            }
            return value;
        };
    }

    static Function<String, Integer> port() {
        return integer(1, 65_535);
    }

    static Function<String, Boolean> flag() {
        return text -> switch (text.strip()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("expected true or false");
        };
    }

    /** Durations as people write them: {@code 250ms}, {@code 10s}, {@code 5m}, {@code 1h}, {@code 365d}. */
    static Function<String, Duration> duration(Duration minimum, Duration maximum) {
        String accepted = "expected a duration such as 250ms, 10s, 5m, 1h or 365d, from "
                + written(minimum)
                + " to "
                + written(maximum);
        return text -> {
            Matcher matcher = DURATION.matcher(text.strip());
            if (!matcher.matches()) {
                throw new IllegalArgumentException(accepted);
            }
            Duration value = duration(new BigDecimal(matcher.group(1)).longValue(), matcher.group(2));
            if (value.compareTo(minimum) < 0 || value.compareTo(maximum) > 0) {
                throw new IllegalArgumentException(accepted);
            }
            return value;
        };
    }

    static String written(Duration duration) {
        long milliseconds = duration.toMillis();
        if (milliseconds % 86_400_000 == 0 && milliseconds > 0) {
            return milliseconds / 86_400_000 + "d";
        }
        if (milliseconds % 3_600_000 == 0 && milliseconds > 0) {
            return milliseconds / 3_600_000 + "h";
        }
        if (milliseconds % 60_000 == 0 && milliseconds > 0) {
            return milliseconds / 60_000 + "m";
        }
        return milliseconds % 1000 == 0 ? milliseconds / 1000 + "s" : milliseconds + "ms";
    }

    private static Duration duration(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
