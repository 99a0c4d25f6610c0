package candlestack.analytics.compute.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Times in ISO-8601, as nanoseconds since 1970 UTC: every time from 1678 to 2261. */
public final class IsoTime {
    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long NANOS_PER_DAY = TimeUnit.DAYS.toNanos(1);
    private static final LocalDate EARLIEST = LocalDate.of(1678, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2262, 1, 1);
    private static final int[] UNITS_BY_DIGITS = {
        1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1
    };

    private IsoTime() {}

    /**
     * Reads {@code 2026-01-31T09:30:00.123Z}: up to nine digits of a second, {@code Z} or an offset.
     *
     * @return empty if it is no such time or out of range
     */
    public static OptionalLong parse(String text) {
        int length = text.length();
        if (length < 20 || length > 30 || text.charAt(length - 1) != 'Z' || !hasShape(text)) {
            return parseSlowly(text);
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, 10);
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        int second = digits(text, 17, 19);
        int fraction = length == 20 ? 0 : digits(text, 20, length - 1) * UNITS_BY_DIGITS[length - 21];
        if ((year | month | day | hour | minute | second | fraction) < 0 || hour > 23 || minute > 59 || second > 59) {
            return OptionalLong.empty();
        }
        return at(year, month, day, (hour * 60 + minute) * 60 + second, fraction);
    }

    private static boolean hasShape(String text) {
        return text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':'
                && (text.length() == 20 || (text.charAt(19) == '.' && text.length() > 21));
    }

    private static OptionalLong at(int year, int month, int day, int secondOfDay, int nanos) {
        try {
            return within(LocalDate.of(year, month, day), secondOfDay * NANOS_PER_SECOND + nanos);
        } catch (DateTimeException e) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong parseSlowly(String text) {
        try {
            OffsetDateTime time = DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, OffsetDateTime::from);
            long nanoOfDay = time.toLocalTime().toNanoOfDay() - time.getOffset().getTotalSeconds() * NANOS_PER_SECOND;
            return within(time.toLocalDate(), nanoOfDay);
        } catch (DateTimeException e) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong within(LocalDate date, long nanoOfDay) {
        if (!date.isAfter(EARLIEST) || !date.isBefore(LATEST)) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(date.toEpochDay() * NANOS_PER_DAY + nanoOfDay);
    }

    /** The number written there; below 0 if there is anything but digits. */
    private static int digits(String text, int start, int end) {
        int value = 0;
        for (int i = start; i < end; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** {@code 2026-01-31T09:30:00.000Z}: with three digits of a second, or six or nine where they are needed. */
    public static String format(long epochNanos) {
        long nanoOfDay = Math.floorMod(epochNanos, NANOS_PER_DAY);
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(epochNanos, NANOS_PER_DAY));
        int second = (int) (nanoOfDay / NANOS_PER_SECOND);
        StringBuilder text = new StringBuilder(30);
        padded(text, date.getYear(), 4).append('-');
        padded(text, date.getMonthValue(), 2).append('-');
        padded(text, date.getDayOfMonth(), 2).append('T');
        padded(text, second / 3600, 2).append(':');
        padded(text, second / 60 % 60, 2).append(':');
        padded(text, second % 60, 2).append('.');
        fraction(text, (int) (nanoOfDay % NANOS_PER_SECOND));
        return text.append('Z').toString();
    }

    private static void fraction(StringBuilder text, int nanos) {
        if (nanos % 1_000_000 == 0) {
            padded(text, nanos / 1_000_000, 3);
        } else if (nanos % 1_000 == 0) {
            padded(text, nanos / 1_000, 6);
        } else {
            padded(text, nanos, 9);
        }
    }

    private static StringBuilder padded(StringBuilder text, int value, int width) {
        String digits = Integer.toString(value);
        for (int i = digits.length(); i < width; i++) {
            text.append('0');
        }
        return text.append(digits);
    }

    /** As {@link Instant}. */
    public static Instant instant(long epochNanos) {
        return Instant.ofEpochSecond(
                Math.floorDiv(epochNanos, NANOS_PER_SECOND), Math.floorMod(epochNanos, NANOS_PER_SECOND));
    }
}
