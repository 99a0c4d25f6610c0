package candlestack.ingest.sources.time;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Pattern;

/** What times are written in. The constants are the values of an option. */
public enum TimeUnit {
    /** ISO-8601, or a number whose size tells its unit. */
    AUTO(0),
    ISO(0),
    SECONDS(9),
    MILLISECONDS(6),
    MICROSECONDS(3),
    NANOSECONDS(0);

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,20}(\\.\\d{1,20})?");
    private static final BigDecimal BILLION = BigDecimal.valueOf(1_000_000_000);

    /** How many digits a whole one has to be moved by to become nanoseconds. */
    private final int digits;

    TimeUnit(int digits) {
        this.digits = digits;
    }

    /** @throws IllegalArgumentException if it is no such time */
    public Instant parse(String text) {
        try {
            return switch (this) {
                case ISO -> iso(text);
                case AUTO -> NUMBER.matcher(text).matches() ? guessed(text).parse(text) : iso(text);
                default -> number(text);
            };
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no time in " + label(), e);
        }
    }

    private String label() {
        return this == AUTO ? "ISO-8601 or since 1970" : name().toLowerCase(Locale.ROOT);
    }

    private Instant number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new NumberFormatException();
        }
        BigDecimal nanos = new BigDecimal(text).movePointRight(digits);
        BigDecimal[] parts = nanos.divideAndRemainder(BILLION);
        return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValue());
    }

    private static Instant iso(String text) {
        if (text.endsWith("Z")) {
            return Instant.parse(text);
        }
        if (text.length() <= 10) {
            return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        TemporalAccessor parsed = DateTimeFormatter.ISO_DATE_TIME.parseBest(
                text.substring(0, 10) + "T" + text.substring(11), ZonedDateTime::from, LocalDateTime::from);
        return parsed instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : Instant.from(parsed);
    }

    private static TimeUnit guessed(String text) {
        int dot = text.indexOf('.');
        int whole = dot < 0 ? text.length() : dot;
        if (whole <= 11) {
            return SECONDS;
        }
        if (whole <= 14) {
            return MILLISECONDS;
        }
        return whole <= 17 ? MICROSECONDS : NANOSECONDS;
    }
}
