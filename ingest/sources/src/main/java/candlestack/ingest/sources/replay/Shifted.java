package candlestack.ingest.sources.replay;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.Position;
import candlestack.ingest.api.SourceException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * The file's last part begins at the anchor and is played from there on, so that an event is sent when it happens;
 * what is older lies before the anchor and is sent at once.
 *
 * @param anchor the time of the events at {@code part.start()}
 */
record Shifted(Part part, Speed speed, Instant anchor) implements Timeline {
    /** Between the end of a repeated part and its next beginning. */
    private static final Duration GAP = Duration.ofSeconds(1);

    /**
     * What is played at its pace.
     *
     * @param start the time written in the file where it begins
     * @param end the time written in the file's last row
     * @param rowsBefore how many rows are history
     */
    record Part(Instant start, Instant end, long rowsBefore) {}

    Shifted {
        requireNonNull(part, "part is null");
        requireNonNull(speed, "speed is null");
        requireNonNull(anchor, "anchor is null");
    }

    @Override
    public Instant time(Instant written) {
        Duration since = Duration.between(part.start(), written);
        return anchor.plus(since.isNegative() || speed.isMax() ? since : speed.played(since));
    }

    @Override
    public Instant due(Instant time) {
        // One row with a wrong date far ahead must not hold up those behind it.
        Instant end = time(part.end());
        return time.isAfter(end) ? end : time;
    }

    /** The repetition that comes next at {@code now}: right after this one, or a later one if that is over too. */
    Shifted next(Instant now) {
        Duration period =
                speed.played(Duration.between(part.start(), part.end())).plus(GAP);
        long ahead = Math.max(1, Duration.between(anchor, now).dividedBy(period));
        return new Shifted(part, speed, anchor.plus(period.multipliedBy(ahead)));
    }

    /** What has to be the same after a restart. */
    Map<String, String> fields() {
        return Map.of(
                "anchor", anchor.toString(),
                "start", part.start().toString(),
                "end", part.end().toString(),
                "rows-before", Long.toString(part.rowsBefore()));
    }

    static Shifted from(Position position, Speed speed) throws SourceException {
        Part part = new Part(instant(position, "start"), instant(position, "end"), position.number("rows-before"));
        return new Shifted(part, speed, instant(position, "anchor"));
    }

    private static Instant instant(Position position, String field) throws SourceException {
        try {
            return Instant.parse(position.text(field).orElse(""));
        } catch (DateTimeException e) {
            throw new SourceException(
                    ErrorKind.POSITION_LOST,
                    "Cannot read position " + position.fields() + ": no time '" + field + "'",
                    e);
        }
    }
}
