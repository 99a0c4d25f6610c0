package candlestack.analytics.compute.market;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import candlestack.analytics.compute.quote.EventId;
import candlestack.analytics.compute.quote.Quote;
import candlestack.analytics.compute.state.StateOutput;
import candlestack.analytics.compute.stream.EventTimeRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** One symbol under test: what a store would hold after upserting all that was written out. */
final class Market implements MarketOutput {
    static final String SYMBOL = "BTC-USD";
    static final EventTimeRules RULES = EventTimeRules.of(Duration.ofSeconds(60), Duration.ofSeconds(60));

    private final Map<String, Bar> bars = new TreeMap<>();
    private final Map<String, Signal> signals = new TreeMap<>();
    private final List<Bar> versions = new ArrayList<>();
    private final List<Signal> announcements = new ArrayList<>();
    private SymbolState state = new SymbolState(SYMBOL, RULES);
    private long clockMillis;

    static Quote quote(long timeNanos, double price, double size) {
        return new Quote(SYMBOL, timeNanos, price, size, Double.NaN, Double.NaN);
    }

    /** Takes in a quote that arrives at once and has no id. */
    Verdict accept(Quote quote) {
        return accept(quote, EventId.NONE);
    }

    Verdict accept(Quote quote, EventId id) {
        return state.accept(quote, id, NANOSECONDS.toMillis(quote.timeNanos()));
    }

    SymbolState state() {
        return state;
    }

    /** Ends a turn: writes out, and goes on from the bytes as the next turn does. A second passes. */
    Market endTurn() {
        return endTurn(1_000);
    }

    Market endTurn(long millis) {
        clockMillis += millis;
        state.writeOut(clockMillis, this);
        return sleep();
    }

    Market sleep() {
        state = SymbolState.read(SYMBOL, RULES, state.toBytes(new StateOutput()));
        return this;
    }

    @Override
    public void bar(Bar bar) {
        versions.add(bar);
        bars.put(bar.interval() + "/" + bar.startNanos(), bar);
    }

    @Override
    public void signal(Signal signal) {
        announcements.add(signal);
        String name = signal.interval() + "/" + signal.timeNanos() + "/" + signal.kind();
        if (signal.retracted()) {
            Objects.requireNonNull(signals.remove(name), () -> "retracted, but never given: " + signal);
        } else {
            signals.put(name, signal);
        }
    }

    /** The last version of each bar. */
    Map<String, Bar> bars() {
        return bars;
    }

    List<Bar> bars(Interval interval) {
        return bars.values().stream()
                .filter(bar -> bar.interval() == interval)
                .sorted(java.util.Comparator.comparingLong(Bar::startNanos))
                .toList();
    }

    /** The signals that stand. */
    Map<String, Signal> signals() {
        return signals;
    }

    /** All that was written out since the last time this was asked. */
    List<Bar> takeVersions() {
        List<Bar> taken = List.copyOf(versions);
        versions.clear();
        return taken;
    }

    List<Signal> takeAnnouncements() {
        List<Signal> taken = List.copyOf(announcements);
        announcements.clear();
        return taken;
    }
}
