package candlestack.flux.storage;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * An aggregate of each series that a store may compute itself.
 *
 * <p>Over the whole range (no window), the answer of a series is one point: for a selector ({@code MIN, MAX, FIRST,
 * LAST}; of equal extremes the earliest) the selected point with its own time, otherwise a point at the range's stop. A
 * series without points is left out.
 *
 * <p>With a window, the answer of a series is one point a window, its time the window's start or stop, both cut to the
 * request's range. A window without points is left out, unless {@link Window#createEmpty}: then COUNT is 0 there, SUM
 * and MEAN are null, and a selector still leaves it out. A series without any point is left out in either case.
 *
 * <p>COUNT answers INTEGER, MEAN answers FLOAT, the others the series' own type. SUM and MEAN are asked of numbers only:
 * for a series of strings or booleans the store throws a {@link StorageException} of kind INVALID. MIN and MAX are as
 * well.
 */
public record Aggregation(Function function, Optional<Window> window) {
    public Aggregation {
        requireNonNull(function, "function is null");
        requireNonNull(window, "window is null");
    }

    /** The function that makes one value of many. */
    public enum Function {
        COUNT,
        SUM,
        MEAN,
        MIN,
        MAX,
        FIRST,
        LAST;

        /** Whether the answer is one of the points. */
        public boolean selector() {
            return this == MIN || this == MAX || this == FIRST || this == LAST;
        }
    }

    /** Which bound of its window is the time of an answer. */
    public enum TimeSource {
        START,
        STOP
    }

    /**
     * Windows in UTC: window n is [n * every + offset, n * every + offset + period), n counting from the epoch.
     *
     * @param every nanoseconds from one window's start to the next, more than 0
     * @param period nanoseconds a window lasts, more than 0; equal to {@code every} where windows neither overlap nor
     *     leave gaps, and a store may decline anything else
     * @param offset nanoseconds; may be negative
     */
    public record Window(long every, long period, long offset, boolean createEmpty, TimeSource timeSource) {
        public Window {
            requireNonNull(timeSource, "timeSource is null");
            if (every <= 0 || period <= 0) {
                throw new IllegalArgumentException("Invalid window: every " + every + ", period " + period);
            }
        }
    }
}
