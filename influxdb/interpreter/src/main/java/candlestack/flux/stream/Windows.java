package candlestack.flux.stream;

import candlestack.flux.FluxException;
import candlestack.flux.eval.Location;
import candlestack.flux.value.Span;
import candlestack.flux.value.Time;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Windows of time, aligned to the epoch as the wall clock of a place shows it. A window is known by its start on that
 * clock, in nanoseconds.
 */
public final class Windows {
    private static final long MAX_OVERLAP = 100_000;

    private final Span every;
    private final Span period;
    private final Span offset;
    private final Location location;

    public Windows(Span every, Span period, Span offset, Location location) {
        if (every.isZero() || every.negative() || every.months() != 0 && every.nanos() != 0) {
            throw FluxException.invalid(
                    "a window's 'every' must be more than 0, in months or in shorter units," + " is " + every);
        }
        if (period.isZero() || period.negative()) {
            throw FluxException.invalid("a window's 'period' must be more than 0, is " + period);
        }
        if (every.months() == 0 && period.months() == 0 && period.nanos() / every.nanos() > MAX_OVERLAP) {
            throw FluxException.invalid(
                    "a window's 'period' must not be more than " + MAX_OVERLAP + " times its 'every'");
        }
        this.every = every;
        this.period = period;
        this.offset = offset;
        this.location = location;
    }

    /** The last window that starts at or before a time. */
    long at(long time) {
        long local = shift(location.toLocal(time), offset.negate());
        long start = every.months() > 0 ? monthStart(local) : Math.floorDiv(local, every.nanos()) * every.nanos();
        return shift(start, offset);
    }

    private long monthStart(long local) {
        var date = new Time(local).instant().atOffset(ZoneOffset.UTC).toLocalDate();
        long month = Math.floorDiv((date.getYear() - 1970) * 12L + date.getMonthValue() - 1, every.months());
        return shift(0, Span.ofMonths(month * every.months()));
    }

    long next(long window) {
        return step(window, every);
    }

    long previous(long window) {
        return step(window, every.negate());
    }

    private long step(long window, Span by) {
        return every.months() > 0 ? shift(shift(shift(window, offset.negate()), by), offset) : shift(window, by);
    }

    private static long shift(long local, Span by) {
        return by.addTo(new Time(local), ZoneOffset.UTC).nanos();
    }

    public Bounds bounds(long window) {
        return new Bounds(location.toUtc(window), location.toUtc(shift(window, period)));
    }

    /** The start of the window that a time lies in. */
    public long truncated(long time) {
        return bounds(at(time)).start();
    }

    /** The start of the first window that starts after a time. */
    public long after(long time) {
        return bounds(next(at(time))).start();
    }

    /** The windows a time lies in, the earliest first. */
    List<Long> containing(long time) {
        List<Long> windows = new ArrayList<>(1);
        for (long window = at(time); bounds(window).stop() > time; window = previous(window)) {
            windows.add(0, window);
        }
        return windows;
    }

    /** About how many windows share some time with a range. */
    public long count(Bounds range) {
        double months = 30.0 * 86_400_000_000_000L;
        double step = every.months() > 0 ? every.months() * months : every.nanos();
        return (long) (((double) range.stop() - range.start()) / step) + 1;
    }

    /** The windows that share some time with a range, in order. */
    public List<Long> overlapping(Bounds range) {
        List<Long> windows = new ArrayList<>();
        long window = at(range.start());
        while (bounds(previous(window)).stop() > range.start()) {
            window = previous(window);
        }
        for (; bounds(window).start() < range.stop(); window = next(window)) {
            if (bounds(window).stop() > range.start()) {
                windows.add(window);
            }
        }
        return windows;
    }

    /** Whether each time is in exactly one window. */
    boolean adjacent() {
        return every.equals(period);
    }
}
