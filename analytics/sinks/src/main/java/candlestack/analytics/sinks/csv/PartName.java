package candlestack.analytics.sinks.csv;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a part file holds: one row for each number from {@code first} to {@code last} of a count. Written
 * {@code part-<stamp>-<epoch>-<partition>-<first>-<last>.csv}, {@code .csv.gz} once compacted.
 *
 * @param stamp when the broker had the last row
 */
record PartName(Instant stamp, Count count, long first, long last, Form form) {
    /** In the order of the stream; within a count that is the order of the numbers. */
    static final Comparator<PartName> IN_ORDER = Comparator.comparing(PartName::stamp)
            .thenComparingLong(part -> part.count().epoch())
            .thenComparingInt(part -> part.count().partition())
            .thenComparingLong(PartName::last)
            .thenComparingLong(PartName::first);

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSSX").withZone(ZoneOffset.UTC);
    private static final Pattern PATTERN = Pattern.compile(
            "part-(\\d{8}T\\d{6}\\.\\d{3}Z)-(\\d{1,18})-(\\d{1,9})-(\\d{1,18})-(\\d{1,18})(\\.csv(?:\\.gz)?)");

    /** How the rows are written. */
    enum Form {
        PLAIN(".csv"),
        GZIP(".csv.gz");

        private final String ending;

        Form(String ending) {
            this.ending = ending;
        }
    }

    PartName {
        requireNonNull(stamp, "stamp is null");
        requireNonNull(count, "count is null");
        requireNonNull(form, "form is null");
        if (first > last) {
            throw new IllegalArgumentException("Invalid part: from " + first + " to " + last);
        }
    }

    /** Empty if the file is none of ours. */
    static Optional<PartName> parse(String fileName) {
        Matcher matcher = PATTERN.matcher(fileName);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            Form form = matcher.group(6).equals(Form.PLAIN.ending) ? Form.PLAIN : Form.GZIP;
            return Optional.of(new PartName(
                    STAMP.parse(matcher.group(1), Instant::from),
                    new Count(Long.parseLong(matcher.group(2)), Integer.parseInt(matcher.group(3))),
                    Long.parseLong(matcher.group(4)),
                    Long.parseLong(matcher.group(5)),
                    form));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    String fileName() {
        return "part-" + STAMP.format(stamp) + "-" + count.epoch() + "-" + count.partition() + "-" + first + "-" + last
                + form.ending;
    }

    long rows() {
        return last - first + 1;
    }

    /** Whether the other one begins where this one ends. */
    boolean isFollowedBy(PartName next) {
        return next.count.equals(count) && next.first == last + 1;
    }

    @Override
    public String toString() {
        return fileName();
    }
}
