package candlestack.analytics.job;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.compute.json.Texts;
import candlestack.analytics.compute.market.SymbolState;
import candlestack.analytics.compute.market.Verdict;
import candlestack.analytics.compute.quote.Decoded;
import candlestack.analytics.compute.quote.EventId;
import candlestack.analytics.compute.quote.Malformed;
import candlestack.analytics.compute.quote.Quote;
import candlestack.analytics.compute.quote.QuoteDecoder;
import candlestack.analytics.compute.state.StateOutput;
import candlestack.analytics.compute.stream.EventTimeRules;
import java.util.OptionalLong;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.streaming.ExpiredTimerInfo;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StatefulProcessor;
import org.apache.spark.sql.streaming.TTLConfig;
import org.apache.spark.sql.streaming.TimeMode;
import org.apache.spark.sql.streaming.TimerValues;
import org.apache.spark.sql.streaming.ValueState;
import scala.collection.Iterator;

/**
 * Hands a symbol's quotes to its {@link SymbolState}, in the order of their arrival, and sends what comes of it. Records
 * that are no quotes come here too, under the symbol they name or under none, and leave as dead letters.
 */
final class SymbolProcessor extends StatefulProcessor<String, IncomingRecord, OutgoingRecord> {
    private final EventTimeRules rules;
    private transient ValueState<byte[]> states;
    private transient QuoteDecoder decoder;
    private transient StateOutput stateOutput;

    SymbolProcessor(EventTimeRules rules) {
        this.rules = requireNonNull(rules, "rules is null");
    }

    @Override
    public void init(OutputMode outputMode, TimeMode timeMode) {
        states = getHandle().getValueState("symbol", Encoders.BINARY(), TTLConfig.NONE());
        decoder = new QuoteDecoder();
        stateOutput = new StateOutput();
    }

    @Override
    public Iterator<OutgoingRecord> handleInputRows(
            String symbol, Iterator<IncomingRecord> records, TimerValues timers) {
        MarketRecords output = new MarketRecords();
        SymbolState state = null;
        for (IncomingRecord incoming : ArrivalOrder.of(records)) {
            Decoded decoded = decode(symbol, incoming);
            if (decoded instanceof Malformed malformed) {
                output.deadLetter(incoming, malformed.reason());
                continue;
            }
            if (state == null) {
                state = load(symbol);
            }
            accept(state, (Quote) decoded, incoming, output);
        }
        if (state != null) {
            state.writeOut(timers.getCurrentProcessingTimeInMs(), output);
            scheduleAndSave(state);
        }
        return output.iterator();
    }

    private Decoded decode(String symbol, IncomingRecord incoming) {
        Decoded decoded = decoder.decode(incoming.getValue());
        if (decoded instanceof Quote quote && !quote.symbol().equals(symbol)) {
            return new Malformed("Invalid symbol: both '" + Texts.shortened(symbol) + "' and '" + quote.symbol()
                    + "', expected one");
        }
        return decoded;
    }

    private static void accept(SymbolState state, Quote quote, IncomingRecord incoming, MarketRecords output) {
        EventId id =
                incoming.header(IncomingRecord.EVENT_ID).map(EventId::parse).orElse(EventId.NONE);
        Verdict verdict = state.accept(quote, id, incoming.getStampMillis());
        if (verdict == Verdict.LATE || verdict == Verdict.FUTURE) {
            output.deadLetter(incoming, state.explain(verdict, quote, incoming.getStampMillis()));
        }
    }

    @Override
    public Iterator<OutgoingRecord> handleExpiredTimer(String symbol, TimerValues timers, ExpiredTimerInfo expired) {
        MarketRecords output = new MarketRecords();
        SymbolState state = load(symbol);
        state.wakeUpAt(0);
        state.closeQuietBars(timers.getCurrentProcessingTimeInMs(), output);
        scheduleAndSave(state);
        return output.iterator();
    }

    private SymbolState load(String symbol) {
        return states.exists() ? SymbolState.read(symbol, rules, states.get()) : new SymbolState(symbol, rules);
    }

    /** A timer that is set stays, though the time may have moved on: it then finds nothing to do and is set anew. */
    private void scheduleAndSave(SymbolState state) {
        OptionalLong due = state.closesAtMillis();
        long set = state.wakeUpMillis();
        if (due.isPresent() && (set == 0 || due.getAsLong() < set)) {
            if (set != 0) {
                getHandle().deleteTimer(set);
            }
            getHandle().registerTimer(due.getAsLong());
            state.wakeUpAt(due.getAsLong());
        }
        states.update(state.toBytes(stateOutput));
    }
}
