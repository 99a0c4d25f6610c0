package candlestack.analytics.compute.market;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import candlestack.analytics.compute.json.IsoTime;
import candlestack.analytics.compute.quote.EventId;
import candlestack.analytics.compute.quote.Quote;
import candlestack.analytics.compute.state.StateInput;
import candlestack.analytics.compute.state.StateOutput;
import candlestack.analytics.compute.stream.EventTimeRules;
import candlestack.analytics.compute.stream.SeenEvents;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * All that analytics knows of one symbol. A turn is: quotes in, in the order of their arrival; {@link #writeOut}; the
 * bytes kept for the next turn. Where turns begin and end makes no difference to the last version of any bar or signal.
 * Not safe for use by several threads.
 */
public final class SymbolState {
    /** Of the bytes. A job refuses a checkpoint of another version rather than misread it. */
    public static final int VERSION = 1;

    /** How long after its end a quiet symbol's bar is closed: quotes may be on their way. */
    public static final Duration GRACE = Duration.ofSeconds(1);

    /** How often a live bar of a paced interval is written. */
    static final Duration PACE = Duration.ofSeconds(1);

    private static final long UNKNOWN = Long.MIN_VALUE;

    private final String symbol;
    private final EventTimeRules rules;
    private final SeenEvents seen = new SeenEvents();
    private final List<BarSeries> series;
    private long newest = UNKNOWN;
    /** When the newest quote was appended to its topic. */
    private long newestStampMillis;
    /** When quotes were last taken in, by the clock of the job. */
    private long activeMillis;

    /** When the paced intervals were last written out. */
    private long pacedMillis = -PACE.toMillis();

    private long wakeUpMillis;

    public SymbolState(String symbol, EventTimeRules rules) {
        this.symbol = requireNonNull(symbol, "symbol is null");
        this.rules = requireNonNull(rules, "rules is null");
        this.series = Arrays.stream(Interval.values())
                .map(interval -> new BarSeries(symbol, interval))
                .toList();
    }

    /**
     * Takes in a quote.
     *
     * @param id {@link EventId#NONE} where it has none
     * @param stampMillis when the broker appended it, milliseconds since 1970: the clock that the future begins at
     */
    public Verdict accept(Quote quote, EventId id, long stampMillis) {
        long horizon = horizon();
        if (!id.equals(EventId.NONE) && seen.contains(id, horizon)) {
            return Verdict.DUPLICATE;
        }
        Verdict verdict = judge(quote, horizon, stampMillis);
        if (isRemembered(id, verdict)) {
            seen.add(id, quote.timeNanos(), horizon);
        }
        if (verdict == Verdict.ACCEPTED) {
            takeIn(quote, stampMillis);
        }
        return verdict;
    }

    /** A number that is made of a wrong time must not hide all quotes until that time comes. */
    private static boolean isRemembered(EventId id, Verdict verdict) {
        return verdict == Verdict.ACCEPTED ? !id.equals(EventId.NONE) : id.sequenced() && verdict != Verdict.FUTURE;
    }

    private Verdict judge(Quote quote, long horizon, long stampMillis) {
        if (quote.timeNanos() - rules.futureNanos() > MILLISECONDS.toNanos(stampMillis)) {
            return Verdict.FUTURE;
        }
        return quote.timeNanos() < horizon ? Verdict.LATE : Verdict.ACCEPTED;
    }

    private void takeIn(Quote quote, long stampMillis) {
        if (quote.timeNanos() > newest) {
            newest = quote.timeNanos();
            newestStampMillis = stampMillis;
        }
        Turnover turnover = Turnover.of(quote);
        for (BarSeries next : series) {
            next.accept(quote, turnover);
        }
    }

    /** Why the quote was refused, in words a person can act on. */
    public String explain(Verdict verdict, Quote quote, long stampMillis) {
        String time = IsoTime.format(quote.timeNanos());
        return switch (verdict) {
            case LATE ->
                "Late: " + time + " is " + seconds(newest - quote.timeNanos()) + " behind the newest quote of " + symbol
                        + ", analytics.lateness allows " + seconds(rules.latenessNanos());
            case FUTURE ->
                "From the future: " + time + " is "
                        + seconds(quote.timeNanos() - MILLISECONDS.toNanos(stampMillis))
                        + " ahead of its arrival at the broker, analytics.future allows " + seconds(rules.futureNanos())
                        + "; check the clock of its source";
            case ACCEPTED, DUPLICATE -> throw new IllegalArgumentException("no dead letter: " + verdict);
        };
    }

    private static String seconds(long nanos) {
        return Duration.ofMillis(NANOSECONDS.toMillis(nanos))
                .toString()
                .substring(2)
                .toLowerCase(java.util.Locale.ROOT);
    }

    /**
     * Writes out what has changed since the last time.
     *
     * @param nowMillis the clock of the job, which only decides when a quiet symbol's bars are closed, and how often
     *     the live bars of long intervals are written
     */
    public void writeOut(long nowMillis, MarketOutput output) {
        activeMillis = nowMillis;
        boolean due = nowMillis - pacedMillis >= PACE.toMillis();
        if (due) {
            pacedMillis = nowMillis;
        }
        long horizon = horizon();
        for (BarSeries next : series) {
            if (due || !next.isPaced()) {
                next.writeOut(newest, horizon, output);
            } else {
                next.writeOutUnlessLive(newest, horizon, output);
            }
        }
    }

    /**
     * Closes bars whose time is over though no later quote says so. Event time is taken to have gone on since the
     * newest quote as the clock has, so that a slow replay of old days does not find all its bars long over.
     */
    public void closeQuietBars(long nowMillis, MarketOutput output) {
        long quietMillis = nowMillis - GRACE.toMillis();
        if (newest == UNKNOWN || quietMillis < activeMillis || quietMillis < newestStampMillis) {
            return;
        }
        long clock = newest + MILLISECONDS.toNanos(quietMillis - newestStampMillis);
        long horizon = horizon();
        for (BarSeries next : series) {
            next.writeOut(clock, horizon, output);
        }
    }

    /** When, by the clock of the job, {@link #closeQuietBars} will have something to do; empty if never. */
    public OptionalLong closesAtMillis() {
        long end = Long.MAX_VALUE;
        for (BarSeries next : series) {
            if (next.hasUnwritten()) {
                return OptionalLong.of(Math.max(newestStampMillis, activeMillis) + GRACE.toMillis());
            }
            end = Math.min(end, next.nextEnd());
        }
        if (end == Long.MAX_VALUE) {
            return OptionalLong.empty();
        }
        long left = NANOSECONDS.toMillis(end - newest) + 1;
        return OptionalLong.of(Math.max(newestStampMillis + left, activeMillis) + GRACE.toMillis());
    }

    /** The time of the timer that the job has set for this symbol, kept here for it; 0 for none. */
    public long wakeUpMillis() {
        return wakeUpMillis;
    }

    public void wakeUpAt(long millis) {
        wakeUpMillis = millis;
    }

    /** No quote from before this event time is taken in any more. */
    private long horizon() {
        return newest == UNKNOWN ? UNKNOWN : newest - rules.latenessNanos();
    }

    /** The state, to be read by {@link #read}. */
    public byte[] toBytes(StateOutput output) {
        output.reset();
        output.octet(VERSION);
        output.unsigned(wakeUpMillis);
        output.signed(activeMillis);
        output.signed(pacedMillis);
        output.signed(newestStampMillis);
        output.fixed(newest);
        seen.write(output);
        for (BarSeries next : series) {
            next.write(output);
        }
        return output.toBytes();
    }

    /** @throws IllegalStateException if the bytes are of another version */
    public static SymbolState read(String symbol, EventTimeRules rules, byte[] bytes) {
        StateInput input = new StateInput(bytes);
        int version = input.octet();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "Cannot read the state of '" + symbol + "': version " + version + ", expected " + VERSION);
        }
        SymbolState state = new SymbolState(symbol, rules);
        state.wakeUpMillis = input.unsigned();
        state.activeMillis = input.signed();
        state.pacedMillis = input.signed();
        state.newestStampMillis = input.signed();
        state.newest = input.fixed();
        state.seen.read(input);
        for (BarSeries next : state.series) {
            next.read(input);
        }
        return state;
    }
}
