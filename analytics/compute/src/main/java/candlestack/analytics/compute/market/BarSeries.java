package candlestack.analytics.compute.market;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.compute.indicator.IndicatorState;
import candlestack.analytics.compute.indicator.IndicatorValues;
import candlestack.analytics.compute.quote.Quote;
import candlestack.analytics.compute.state.StateInput;
import candlestack.analytics.compute.state.StateOutput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The bars of one symbol at one interval: those that a quote can still reach, and the indicators of all before them.
 * Quotes are taken in one by one and written out together, so a bar is written once however many quotes it had.
 */
final class BarSeries {
    private final String symbol;
    private final Interval interval;
    /** The indicators of every bar that no quote can reach any more. */
    private final IndicatorState settled = new IndicatorState();
    /** The bars that one can, by start: those that were closed when last written out, then the others. */
    private final List<OpenBar> bars = new ArrayList<>();
    /** From here on, indicators have changed since they were last written out. */
    private int changedFrom = Integer.MAX_VALUE;
    /** The signals that have been written out, by the bar's start; null unless a closed bar has been corrected. */
    private Map<Long, List<Signal>> signalsBefore;

    BarSeries(String symbol, Interval interval) {
        this.symbol = requireNonNull(symbol, "symbol is null");
        this.interval = requireNonNull(interval, "interval is null");
    }

    boolean isPaced() {
        return interval.isPaced();
    }

    /** Takes in a quote that is not too late. */
    void accept(Quote quote, Turnover turnover) {
        long start = interval.start(quote.timeNanos());
        int last = bars.size() - 1;
        if (last < 0 || start > bars.get(last).start()) {
            OpenBar bar = new OpenBar(start);
            bar.add(quote, turnover);
            bars.add(bar);
            return;
        }
        int index = last;
        while (index >= 0 && bars.get(index).start() > start) {
            index--;
        }
        if (index < 0 || bars.get(index).start() < start) {
            index++;
            prepareCorrection(index);
            bars.add(index, new OpenBar(start));
        } else {
            prepareCorrection(index);
        }
        if (bars.get(index).add(quote, turnover)) {
            changedFrom = Math.min(changedFrom, index + 1);
        }
    }

    private void prepareCorrection(int index) {
        if (bars.get(index).closed() && interval.hasSignals() && signalsBefore == null) {
            signalsBefore = signalsOfClosedBars();
        }
    }

    private Map<Long, List<Signal>> signalsOfClosedBars() {
        Map<Long, List<Signal>> signals = new HashMap<>();
        Walk walk = new Walk(copy(settled));
        for (OpenBar bar : bars) {
            if (!bar.closed()) {
                break;
            }
            walk.to(bar, true);
            signals.put(bar.start(), walk.signals());
        }
        return signals;
    }

    /**
     * Writes out every bar that has changed since the last time, and what its closing tells.
     *
     * @param clock event time that has been reached: bars that end by then are closed
     * @param horizon bars that end by then are out of every quote's reach
     */
    void writeOut(long clock, long horizon, MarketOutput output) {
        Walk walk = new Walk(settled);
        int reachable = 0;
        while (reachable < bars.size() && end(bars.get(reachable)) <= horizon) {
            write(walk, reachable, clock, output);
            reachable++;
        }
        walk = new Walk(copy(settled));
        for (int i = reachable; i < bars.size(); i++) {
            write(walk, i, clock, output);
        }
        bars.subList(0, reachable).clear();
        changedFrom = Integer.MAX_VALUE;
        signalsBefore = null;
    }

    /** As {@link #writeOut}, but puts it off where there is nothing to tell than that the live bar has moved. */
    void writeOutUnlessLive(long clock, long horizon, MarketOutput output) {
        if (!onlyTheLiveBarMoved(clock)) {
            writeOut(clock, horizon, output);
        }
    }

    private boolean onlyTheLiveBarMoved(long clock) {
        int last = bars.size() - 1;
        if (last < 0 || changedFrom <= last || signalsBefore != null || end(bars.get(last)) <= clock) {
            return false;
        }
        for (OpenBar bar : bars.subList(0, last)) {
            if (bar.changed() || !bar.closed()) {
                return false;
            }
        }
        return !bars.get(last).closed();
    }

    /** Whether {@link #writeOut} would have something to tell, were it only that. */
    boolean hasUnwritten() {
        return !bars.isEmpty() && bars.get(bars.size() - 1).changed();
    }

    private void write(Walk walk, int index, long clock, MarketOutput output) {
        OpenBar bar = bars.get(index);
        boolean wasClosed = bar.closed();
        boolean closed = wasClosed || end(bar) <= clock;
        boolean write = bar.changed() || index >= changedFrom || closed != wasClosed;
        boolean signal = closed && interval.hasSignals() && (!wasClosed || signalsBefore != null);
        bar.written(closed);
        walk.to(bar, signal);
        if (write) {
            output.bar(walk.bar());
        }
        if (signal) {
            writeDifference(wasClosed ? signalsBefore.get(bar.start()) : List.of(), walk.signals(), output);
        }
    }

    private static void writeDifference(List<Signal> before, List<Signal> now, MarketOutput output) {
        for (Signal signal : before) {
            if (now.stream().noneMatch(next -> next.kind().equals(signal.kind()))) {
                output.signal(signal.retraction());
            }
        }
        for (Signal signal : now) {
            if (!before.contains(signal)) {
                output.signal(signal);
            }
        }
    }

    private long end(OpenBar bar) {
        return bar.start() + interval.nanos();
    }

    private static IndicatorState copy(IndicatorState state) {
        IndicatorState copy = new IndicatorState();
        copy.copyFrom(state);
        return copy;
    }

    /** The end of the live bar; {@link Long#MAX_VALUE} where there is none that is not closed. */
    long nextEnd() {
        OpenBar last = bars.isEmpty() ? null : bars.get(bars.size() - 1);
        return last == null || last.closed() ? Long.MAX_VALUE : end(last);
    }

    void write(StateOutput output) {
        settled.write(output);
        output.unsigned(bars.size());
        long reference = 0;
        for (OpenBar bar : bars) {
            bar.write(output, reference);
            reference = bar.start();
        }
    }

    void read(StateInput input) {
        settled.read(input);
        long count = input.unsigned();
        long reference = 0;
        for (long i = 0; i < count; i++) {
            OpenBar bar = OpenBar.read(input, reference);
            bars.add(bar);
            reference = bar.start();
        }
    }

    /** Goes from bar to bar and keeps the indicators up with them. */
    private final class Walk {
        private final IndicatorState indicators;
        private IndicatorValues previous = IndicatorValues.NONE;
        private double previousClose;
        private OpenBar current;
        private Bar version;

        Walk(IndicatorState indicators) {
            this.indicators = indicators;
        }

        void to(OpenBar bar, boolean withSignals) {
            if (withSignals) {
                previous = version == null ? indicators.values() : version.indicators();
                previousClose = indicators.lastClose();
            }
            bar.extend(indicators);
            current = bar;
            version = null;
        }

        Bar bar() {
            if (version == null) {
                version = current.version(symbol, interval, indicators.values());
            }
            return version;
        }

        List<Signal> signals() {
            return SignalRules.apply(previousClose, previous, bar());
        }
    }
}
