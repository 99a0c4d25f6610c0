package candlestack.flux.syntax;

import candlestack.flux.value.Span;
import candlestack.flux.value.Time;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values of numbers, durations and times as they are written; also for strings that are converted to them. */
public final class Literals {
    private static final Pattern PART = Pattern.compile("(\\d+)(y|mo|w|d|h|ms|m|s|us|µs|ns)");
    private static final Map<String, Long> NANOS = Map.of(
            "w",
            604_800_000_000_000L,
            "d",
            86_400_000_000_000L,
            "h",
            3_600_000_000_000L,
            "m",
            60_000_000_000L,
            "s",
            1_000_000_000L,
            "ms",
            1_000_000L,
            "us",
            1_000L,
            "µs",
            1_000L,
            "ns",
            1L);

    private Literals() {}

    static Object parse(Token token, Lexer lexer) {
        try {
            return switch (token.kind()) {
                case INTEGER -> integer(token.text());
                case FLOAT -> Double.valueOf(token.text());
                case DURATION -> duration(token.text()).orElseThrow(() -> new NumberFormatException("not a duration"));
                default -> time(token.text()).orElseThrow(() -> new DateTimeException("no such date or time"));
            };
        } catch (ArithmeticException | NumberFormatException | DateTimeException e) {
            throw lexer.error(token.start(), "invalid literal '" + token.text() + "': " + e.getMessage());
        }
    }

    private static Long integer(String text) {
        if (text.length() > 1 && text.charAt(0) == '0') {
            throw new NumberFormatException("a whole number does not start with 0");
        }
        return Long.valueOf(text);
    }

    /** A duration such as {@code 1mo2d} or {@code -5s}; empty if the text is none. */
    public static Optional<Span> duration(String text) {
        boolean negative = text.startsWith("-");
        Matcher part = PART.matcher(text);
        int end = negative ? 1 : 0;
        long months = 0;
        long nanos = 0;
        while (end < text.length()) {
            if (!part.find(end) || part.start() != end) {
                return Optional.empty();
            }
            long count = Long.parseLong(part.group(1));
            switch (part.group(2)) {
                case "y" -> months = Math.addExact(months, Math.multiplyExact(count, 12L));
                case "mo" -> months = Math.addExact(months, count);
                default -> nanos = Math.addExact(nanos, Math.multiplyExact(count, NANOS.get(part.group(2))));
            }
            end = part.end();
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(new Span(months, nanos, negative));
    }

    /** An RFC 3339 time or a date; empty if the text is neither. */
    public static Optional<Time> time(String text) {
        try {
            if (text.length() <= 10) {
                return Optional.of(Time.of(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)));
            }
            return Optional.of(Time.of(OffsetDateTime.parse(text).toInstant()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
