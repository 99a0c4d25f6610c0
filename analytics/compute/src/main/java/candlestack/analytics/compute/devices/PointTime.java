package candlestack.analytics.compute.devices;

import candlestack.analytics.compute.quote.EventId;
import java.util.concurrent.TimeUnit;

/**
 * The timestamp of a reading's point: the event's time to the millisecond, and below it the place of the reading among
 * others, so that two readings of a device in one millisecond stay two, and one that is read twice stays one.
 */
final class PointTime {
    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);
    /** Of a source whose events are numbered, more than a hundred thousand in a row are apart. */
    private static final int MOST_ITEMS = 8;

    private PointTime() {}

    static long of(Reading reading, EventId id) {
        long number = id.sequenced() ? id.number() : id.hash();
        long place = Math.floorMod(number * MOST_ITEMS + reading.item(), MILLISECOND);
        return Math.floorDiv(reading.timeNanos(), MILLISECOND) * MILLISECOND + place;
    }
}
