package candlestack.ingest.sources.market;

import static java.time.temporal.ChronoUnit.MILLIS;

import candlestack.ingest.api.Batch;
import candlestack.ingest.api.Config;
import candlestack.ingest.api.Event;
import candlestack.ingest.api.EventIds;
import candlestack.ingest.api.Position;
import candlestack.ingest.api.Quote;
import candlestack.ingest.api.SourceContext;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.api.SourceReader;
import candlestack.ingest.sources.pace.Pace;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Quotes of the simulated market, at their rate. */
final class MarketReader implements SourceReader {
    private static final int MOST_QUOTES = 10_000;

    private final SourceContext context;
    private final List<Listing> listings;
    private final Market market;
    private final String stream;
    private final Pace pace;
    private boolean listed;

    private MarketReader(SourceContext context, Market.Parameters parameters, List<Listing> listings, Start start) {
        this.context = context;
        this.listings = listings;
        this.market = new Market(parameters, start.opening());
        this.market.advanceTo(start.sequence());
        this.stream = start.stream();
        this.pace = new Pace(parameters.quotesPerSecond(), context.clock().instant());
    }

    /**
     * Where to begin.
     *
     * @param stream the name of the sequence; it holds the time of its first start, since a sequence that was forgotten
     *     begins again at 0 and must not be taken for the old one
     */
    private record Start(String stream, Opening opening, long sequence) {}

    static MarketReader open(SourceContext context, Optional<Position> position) throws SourceException {
        Config config = context.config();
        Market.Parameters parameters = new Market.Parameters(
                config.get(MarketFactory.SYMBOLS).intValue(),
                config.get(MarketFactory.RATE).doubleValue(),
                config.get(MarketFactory.SEED),
                config.get(MarketFactory.VOLATILITY).doubleValue());
        Start start = position.isPresent()
                ? after(position.get(), parameters)
                : new Start(context.instance() + "@" + now(context), Opening.first(0, parameters), 0);
        return new MarketReader(context, parameters, Listing.of(parameters.symbols()), start);
    }

    private static Start after(Position position, Market.Parameters parameters) throws SourceException {
        Opening opening = Opening.from(position);
        long sequence = position.number("next");
        String stream = position.text("stream").orElse("");
        boolean sameSymbols = opening.prices().length == parameters.symbols();
        return new Start(stream, sameSymbols ? opening : Opening.first(sequence, parameters), sequence);
    }

    @Override
    public Batch poll(Duration maxWait) throws InterruptedException {
        if (!listed) {
            listed = true;
            return Batch.of(instruments());
        }
        long due = pace.due(context.clock().instant());
        if (due == 0) {
            Duration next = pace.untilNext(context.clock().instant());
            context.pause(next.compareTo(maxWait) < 0 ? next : maxWait);
            due = pace.due(context.clock().instant());
        }
        return due == 0 ? Batch.empty() : quotes((int) Math.min(due, MOST_QUOTES));
    }

    /** What is due and not yet made. */
    @Override
    public OptionalLong backlog() {
        return OptionalLong.of(Math.max(0, pace.due(context.clock().instant())));
    }

    @Override
    public void close() {
        // Nothing is open.
    }

    private List<Event> instruments() {
        Instant time = now(context);
        List<Event> instruments = new ArrayList<>();
        for (int index = 0; index < listings.size(); index++) {
            instruments.add(listings.get(index).instrument(stream + "/instruments", index, time));
        }
        return instruments;
    }

    private Batch quotes(int count) {
        Instant time = now(context);
        List<Event> quotes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            quotes.add(quote(market.next(), time));
        }
        pace.given(count);
        Opening opening = market.opening();
        Map<String, String> position = Map.of(
                "stream", stream,
                "next", Long.toString(market.sequence()),
                "block", Long.toString(opening.sequence()),
                "regime", opening.regime().name(),
                "prices", opening.writtenPrices());
        return Batch.of(quotes, new Position(position));
    }

    private Quote quote(Market.Tick tick, Instant time) {
        int decimals = tick.price() < 1 ? 4 : 2;
        double ticksPerUnit = decimals == 4 ? 10_000 : 100;
        long price = Math.max(2, Math.round(tick.price() * ticksPerUnit));
        long spread = Math.max(1, Math.round(tick.spread() * ticksPerUnit));
        String id = EventIds.numbered(stream, tick.sequence());
        return Quote.of(id, listings.get(tick.index()).symbol(), time, BigDecimal.valueOf(price, decimals))
                .size(BigDecimal.valueOf(tick.size()))
                .bid(BigDecimal.valueOf(price - spread, decimals))
                .ask(BigDecimal.valueOf(price + spread, decimals))
                .build();
    }

    private static Instant now(SourceContext context) {
        return context.clock().instant().truncatedTo(MILLIS);
    }
}
