package candlestack.viewer.query;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The width of a point on a panel, chosen and written as Grafana does. */
public final class Interval {
    private static final Pattern WRITTEN = Pattern.compile(">?\\s*(\\d+)(ms|s|m|h|d|w|M|y)");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1),
            "w", Duration.ofDays(7),
            "M", Duration.ofDays(30),
            "y", Duration.ofDays(365));

    /** The rounded interval by the first length, both in ms, that is too long for it: Grafana's roundInterval. */
    private static final TreeMap<Long, Long> ROUNDED = new TreeMap<>(Map.ofEntries(
            Map.entry(10L, 1L),
            Map.entry(15L, 10L),
            Map.entry(35L, 20L),
            Map.entry(75L, 50L),
            Map.entry(150L, 100L),
            Map.entry(350L, 200L),
            Map.entry(750L, 500L),
            Map.entry(1_500L, 1_000L),
            Map.entry(3_500L, 2_000L),
            Map.entry(7_500L, 5_000L),
            Map.entry(12_500L, 10_000L),
            Map.entry(17_500L, 15_000L),
            Map.entry(25_000L, 20_000L),
            Map.entry(45_000L, 30_000L),
            Map.entry(90_000L, 60_000L),
            Map.entry(210_000L, 120_000L),
            Map.entry(450_000L, 300_000L),
            Map.entry(750_000L, 600_000L),
            Map.entry(1_050_000L, 900_000L),
            Map.entry(1_500_000L, 1_200_000L),
            Map.entry(2_700_000L, 1_800_000L),
            Map.entry(5_400_000L, 3_600_000L),
            Map.entry(9_000_000L, 7_200_000L),
            Map.entry(16_200_000L, 10_800_000L),
            Map.entry(32_400_000L, 21_600_000L),
            Map.entry(86_400_000L, 43_200_000L),
            Map.entry(604_800_000L, 86_400_000L),
            Map.entry(1_814_400_000L, 604_800_000L),
            Map.entry(3_628_800_000L, 2_592_000_000L)));

    private static final long YEAR_MILLIS = 31_536_000_000L;

    private Interval() {}

    /** The interval that shows {@code range} in at most about {@code points} points, {@code least} or longer. */
    public static Duration of(TimeRange range, int points, Duration least) {
        long exact = Math.max(1, range.length().toMillis() / Math.max(1, points));
        Map.Entry<Long, Long> step = ROUNDED.higherEntry(exact);
        long rounded = step == null ? YEAR_MILLIS : step.getValue();
        return Duration.ofMillis(Math.max(rounded, least.toMillis()));
    }

    /** @throws QueryException unless {@code text} reads like 15s, 1m or 1h */
    public static Duration parse(String text) {
        Matcher matcher = WRITTEN.matcher(text.strip());
        if (!matcher.matches()) {
            throw new QueryException("Invalid interval: '" + text + "', expected such as 1s, 5m or 1h");
        }
        return UNITS.get(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1)));
    }

    /** As {@code $__interval} says it: {@code 15s}, {@code 1m}, the largest unit that leaves at least one. */
    public static String text(Duration interval) {
        long millis = interval.toMillis();
        for (String unit : new String[] {"y", "d", "h", "m", "s"}) {
            long length = UNITS.get(unit).toMillis();
            if (millis >= length) {
                return millis / length + unit;
            }
        }
        return Math.max(1, millis) + "ms";
    }

    /** As {@code v.windowPeriod} says it, Go's notation: {@code 15s}, {@code 1m0s}, {@code 1h0m0s}. */
    public static String goText(Duration interval) {
        long millis = interval.toMillis();
        if (millis < 1000) {
            return millis + "ms";
        }
        String seconds = millis % 1000 == 0
                ? interval.toSecondsPart() + "s"
                : BigDecimal.valueOf(millis % 60_000, 3).stripTrailingZeros().toPlainString() + "s";
        String minutes = interval.toMinutes() > 0 ? interval.toMinutesPart() + "m" : "";
        String hours = interval.toHours() > 0 ? interval.toHours() + "h" : "";
        return hours + minutes + seconds;
    }
}
