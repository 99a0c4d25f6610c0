package candlestack.flux.eval;

import candlestack.flux.FluxException;
import candlestack.flux.value.RecordValue;
import candlestack.flux.value.Span;
import candlestack.flux.value.Time;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;

/**
 * A time zone and a fixed offset on top.
 *
 * @param offsetNanos east is positive
 */
public record Location(ZoneId zone, long offsetNanos) {
    public static final Location UTC = new Location(ZoneOffset.UTC, 0);

    /** Of a record such as {@code {zone: "Europe/Berlin", offset: 0h}}. */
    public static Location of(RecordValue record) {
        Object name = record.get("zone");
        Object offset = record.get("offset");
        if (!(name instanceof String zone) || !(offset instanceof Span span)) {
            throw FluxException.invalid("a location must be a record of zone (string) and offset (duration)");
        }
        if (span.months() != 0) {
            throw FluxException.unsupported("a location's offset with months is not supported, is " + span);
        }
        try {
            return new Location(zone.equals("UTC") ? ZoneOffset.UTC : ZoneId.of(zone), span.signedNanos());
        } catch (DateTimeException e) {
            throw FluxException.invalid("unknown time zone '" + zone + "'");
        }
    }

    public boolean isUtc() {
        return offsetNanos == 0 && zone.equals(ZoneOffset.UTC);
    }

    /** The wall clock's reading at a time, counted like nanoseconds since the epoch. */
    public long toLocal(long nanos) {
        return isUtc() ? nanos : nanos + offsetNanos + zoneOffset(nanos);
    }

    private long zoneOffset(long nanos) {
        Instant instant = new Time(nanos).instant();
        return zone.getRules().getOffset(instant).getTotalSeconds() * 1_000_000_000L;
    }

    /** The time at which the wall clock reads so; in a gap the gap's end, in an overlap the first. */
    public long toUtc(long local) {
        if (isUtc()) {
            return local;
        }
        ZoneRules rules = zone.getRules();
        LocalDateTime wall = LocalDateTime.ofInstant(new Time(local - offsetNanos).instant(), ZoneOffset.UTC);
        if (rules.getValidOffsets(wall).isEmpty()) {
            return Time.of(rules.getTransition(wall).getInstant()).nanos();
        }
        ZoneOffset offset = rules.getValidOffsets(wall).get(0);
        return local - offsetNanos - offset.getTotalSeconds() * 1_000_000_000L;
    }
}
