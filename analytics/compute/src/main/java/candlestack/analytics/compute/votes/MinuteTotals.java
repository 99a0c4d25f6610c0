package candlestack.analytics.compute.votes;

import candlestack.analytics.compute.state.StateInput;
import candlestack.analytics.compute.state.StateOutput;
import candlestack.analytics.compute.stream.StreamOutput;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What has been counted under some names up to the end of each minute. A count that comes late corrects its minute and
 * all later ones, up to a day back: what is older is one sum, and a count from before it moves all minutes that are
 * left, but not those before.
 *
 * <p>Minutes are told when they have changed; those that grow too old at once, the others at the end of a turn. So where
 * turns end makes no difference to the last that is told of a minute.
 */
final class MinuteTotals {
    /** Minutes, from the newest back, that can still be corrected. */
    static final int KEPT = 1440;

    private static final long NONE = Long.MAX_VALUE;

    /** What was counted in each minute. */
    private final NavigableMap<Long, Map<String, Long>> counts = new TreeMap<>();
    /** What was counted before all of these. */
    private final Map<String, Long> before = new TreeMap<>();

    private long changedFrom = NONE;

    /** Is told of a minute. */
    interface Listener {
        /** @param totals by name, up to the end of the minute */
        void totals(long minute, Map<String, Long> totals, StreamOutput output);
    }

    static long nanos(long minute) {
        return TimeUnit.MINUTES.toNanos(minute);
    }

    void add(String name, long minute, long count, Listener listener, StreamOutput output) {
        if (!counts.isEmpty() && minute <= counts.lastKey() - KEPT) {
            before.merge(name, count, Long::sum);
            changedFrom = Math.min(changedFrom, counts.firstKey());
            return;
        }
        forgetUpTo(minute - KEPT, listener, output);
        counts.computeIfAbsent(minute, ignored -> new TreeMap<>()).merge(name, count, Long::sum);
        changedFrom = Math.min(changedFrom, minute);
    }

    private void forgetUpTo(long minute, Listener listener, StreamOutput output) {
        if (counts.isEmpty() || counts.firstKey() > minute) {
            return;
        }
        NavigableMap<Long, Map<String, Long>> old = counts.headMap(minute, true);
        tell(old, before, listener, output);
        old.clear();
    }

    void writeOut(Listener listener, StreamOutput output) {
        if (changedFrom != NONE) {
            tell(counts, new TreeMap<>(before), listener, output);
            changedFrom = NONE;
        }
    }

    /** @param totals up to the first of the minutes; afterwards, up to the end of the last */
    private void tell(
            NavigableMap<Long, Map<String, Long>> minutes,
            Map<String, Long> totals,
            Listener listener,
            StreamOutput output) {
        minutes.forEach((minute, counted) -> {
            counted.forEach((name, count) -> totals.merge(name, count, Long::sum));
            if (minute >= changedFrom) {
                listener.totals(minute, totals, output);
            }
        });
    }

    void write(StateOutput output) {
        write(before, output);
        output.unsigned(counts.size());
        counts.forEach((minute, counted) -> {
            output.signed(minute);
            write(counted, output);
        });
    }

    private static void write(Map<String, Long> counted, StateOutput output) {
        output.unsigned(counted.size());
        counted.forEach((name, count) -> {
            output.text(name);
            output.signed(count);
        });
    }

    static MinuteTotals read(StateInput input) {
        MinuteTotals totals = new MinuteTotals();
        read(input, totals.before);
        for (long left = input.unsigned(); left > 0; left--) {
            Map<String, Long> counted = new TreeMap<>();
            totals.counts.put(input.signed(), counted);
            read(input, counted);
        }
        return totals;
    }

    private static void read(StateInput input, Map<String, Long> counted) {
        for (long left = input.unsigned(); left > 0; left--) {
            counted.merge(input.text(), input.signed(), Long::sum);
        }
    }
}
