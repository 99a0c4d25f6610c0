package candlestack.analytics.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import candlestack.analytics.compute.json.IsoTime;
import candlestack.analytics.compute.market.Bar;
import candlestack.analytics.compute.market.MarketJson;
import candlestack.analytics.compute.market.MarketOutput;
import candlestack.analytics.compute.market.Signal;
import candlestack.analytics.compute.market.SymbolState;
import candlestack.analytics.compute.market.Verdict;
import candlestack.analytics.compute.quote.Decoded;
import candlestack.analytics.compute.quote.EventId;
import candlestack.analytics.compute.quote.Quote;
import candlestack.analytics.compute.quote.QuoteDecoder;
import candlestack.analytics.compute.stream.EventTimeRules;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** What must come of the records of {@code market.quotes}, computed in one go without Spark. */
final class ExpectedMarket implements MarketOutput {
    private final Map<String, String> bars = new TreeMap<>();
    private final Set<String> deadLetters = new TreeSet<>();
    private final MarketJson json = new MarketJson();

    static ExpectedMarket of(List<ConsumerRecord<String, byte[]>> quotes) {
        ExpectedMarket expected = new ExpectedMarket();
        Map<String, SymbolState> states = new HashMap<>();
        QuoteDecoder decoder = new QuoteDecoder();
        for (ConsumerRecord<String, byte[]> next : quotes) {
            Decoded decoded = decoder.decode(next.value());
            if (!(decoded instanceof Quote quote && expected.accept(states, quote, next))) {
                expected.deadLetters.add(eventId(next));
            }
        }
        states.values().forEach(state -> state.writeOut(0, expected));
        return expected;
    }

    private boolean accept(Map<String, SymbolState> states, Quote quote, ConsumerRecord<String, byte[]> next) {
        EventTimeRules rules = EventTimeRules.of(Duration.ofMinutes(1), Duration.ofMinutes(1));
        SymbolState state = states.computeIfAbsent(quote.symbol(), symbol -> new SymbolState(symbol, rules));
        Verdict verdict = state.accept(quote, EventId.parse(eventId(next).getBytes(UTF_8)), next.timestamp());
        return verdict == Verdict.ACCEPTED || verdict == Verdict.DUPLICATE;
    }

    /** Those that a reader of {@code market.bars} ends up with. */
    static Map<String, String> lastBars(List<ConsumerRecord<String, byte[]>> records) {
        Map<String, String> bars = new TreeMap<>();
        records.forEach(next -> bars.put(eventId(next), withoutClosed(next.value())));
        return bars;
    }

    static Set<String> eventIds(List<ConsumerRecord<String, byte[]>> records) {
        Set<String> ids = new TreeSet<>();
        records.forEach(next -> ids.add(eventId(next)));
        return ids;
    }

    private static String eventId(ConsumerRecord<String, byte[]> next) {
        Header id = next.headers().lastHeader("event-id");
        return id == null ? next.topic() + "/" + next.partition() + "/" + next.offset() : new String(id.value(), UTF_8);
    }

    /** When the last bars are closed is a matter of the clock. */
    private static String withoutClosed(byte[] bar) {
        return new String(bar, UTF_8).replaceAll(",\"closed\":(true|false)", "");
    }

    @Override
    public void bar(Bar bar) {
        String time = IsoTime.format(bar.startNanos());
        bars.put(bar.symbol() + "/" + bar.interval().label() + "/" + time, withoutClosed(json.write(bar)));
    }

    @Override
    public void signal(Signal signal) {
        // Of the signals the tests of compute have more to say.
    }

    Map<String, String> bars() {
        return bars;
    }

    Set<String> deadLetters() {
        return deadLetters;
    }
}
