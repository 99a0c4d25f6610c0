package candlestack.ingest.sources.market;

import static org.assertj.core.api.Assertions.assertThat;

import candlestack.ingest.api.Batch;
import candlestack.ingest.api.Event;
import candlestack.ingest.api.Instrument;
import candlestack.ingest.api.Position;
import candlestack.ingest.api.Quote;
import candlestack.ingest.api.SourceReader;
import candlestack.ingest.testkit.FakeClock;
import candlestack.ingest.testkit.Recording;
import candlestack.ingest.testkit.RecordingHost;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarketTest {
    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
    private static final Map<String, String> OPTIONS = Map.of("symbols", "20", "rate", "1000", "seed", "7");

    @TempDir
    Path folder;

    private final FakeClock clock = new FakeClock(NOW);

    @Test
    void aSeedGivesTheSamePricesInTheSameOrder() throws Exception {
        List<Quote> first = quotes(OPTIONS, Optional.empty(), 5_000).quotes();
        List<Quote> second = quotes(OPTIONS, Optional.empty(), 5_000).quotes();
        List<Quote> other = quotes(Map.of("symbols", "20", "rate", "1000", "seed", "8"), Optional.empty(), 5_000)
                .quotes();

        assertThat(prices(second)).isEqualTo(prices(first));
        assertThat(prices(other)).isNotEqualTo(prices(first));
    }

    @Test
    void goesOnWithThePricesOfAnUndisturbedRunOverABlocksEnd() throws Exception {
        Market undisturbed = market();
        List<Double> expected = prices(undisturbed, 250_000);

        Market first = market();
        prices(first, 130_000);
        Market resumed = new Market(parameters(), Opening.from(position(first)));
        resumed.advanceTo(first.sequence());

        assertThat(resumed.opening().sequence()).isEqualTo(100_000);
        assertThat(prices(resumed, 120_000)).isEqualTo(expected.subList(130_000, 250_000));
    }

    @Test
    void keepsItsRateByTheClock() throws Exception {
        Recording recording = quotes(OPTIONS, Optional.empty(), 3_020);

        assertThat(recording.quotes()).hasSizeBetween(3_000, 3_010);
        assertThat(Duration.between(NOW, clock.instant()))
                .isBetween(Duration.ofMillis(2_990), Duration.ofMillis(3_015));
    }

    @Test
    void stampsQuotesWithTheTimeTheyAreMadeAt() throws Exception {
        RecordingHost host = host(OPTIONS);
        try (SourceReader reader = host.open(new MarketFactory(), Optional.empty())) {
            host.batches(reader, 1);
            for (Batch batch : host.batches(reader, 1)) {
                assertThat(batch.events()).extracting(Event::time).containsOnly(clock.instant());
            }
        }
    }

    @Test
    void leavesOutWhatWasHeldUpForLonger() throws Exception {
        RecordingHost host = host(OPTIONS);
        try (SourceReader reader = host.open(new MarketFactory(), Optional.empty())) {
            host.batches(reader, 1);
            clock.advance(Duration.ofHours(1));

            assertThat(reader.backlog()).hasValue(1_000);
            assertThat(reader.poll(Duration.ZERO).events()).hasSize(1_000);
            assertThat(reader.poll(Duration.ZERO).events()).isEmpty();
        }
    }

    @Test
    void quotesLieBetweenBidAndAsk() throws Exception {
        for (Quote quote : quotes(OPTIONS, Optional.empty(), 2_000).quotes()) {
            assertThat(quote.price())
                    .isBetween(quote.bid().orElseThrow(), quote.ask().orElseThrow());
            assertThat(quote.bid().orElseThrow())
                    .isPositive()
                    .isLessThan(quote.ask().orElseThrow());
            assertThat(quote.size().orElseThrow()).isPositive();
        }
    }

    @Test
    void symbolsOfASectorMoveTogetherMoreThanOthers() {
        Market market = new Market(
                new Market.Parameters(20, 20, 3, 0.6), Opening.first(0, new Market.Parameters(20, 20, 3, 0.6)));
        double[][] returns = returns(market, 20, 4_000);

        double sameSector = correlation(returns[0], returns[10]);
        double otherSector = correlation(returns[0], returns[11]);

        assertThat(sameSector).isBetween(0.50, 0.60);
        assertThat(otherSector).isBetween(0.25, 0.35);
    }

    @Test
    void namesItsInstrumentsFirst() throws Exception {
        RecordingHost host = host(OPTIONS);
        try (SourceReader reader = host.open(new MarketFactory(), Optional.empty())) {
            List<Event> events = host.batches(reader, 1).get(0).events();

            assertThat(events).hasSize(20).allMatch(Instrument.class::isInstance);
            assertThat(events.get(10))
                    .isEqualTo(new Instrument(
                            "market@2026-03-02T10:00:00Z/instruments#10",
                            "ENG2",
                            NOW,
                            Optional.of("Energy 2 (simulated)"),
                            Optional.of("SIM"),
                            Optional.of("USD"),
                            Optional.of("SIMULATED"),
                            Optional.of("Energy")));
        }
    }

    @Test
    void goesOnCountingWhenTheNumberOfSymbolsChanges() throws Exception {
        Position position = quotes(OPTIONS, Optional.empty(), 120).position().orElseThrow();
        long next = position.number("next");

        Recording more = quotes(Map.of("symbols", "3", "rate", "1000"), Optional.of(position), 13);

        assertThat(more.quotes().get(0).id()).isEqualTo("market@2026-03-02T10:00:00Z#" + next);
        assertThat(more.quotes().stream().map(Quote::symbol).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("ENG1", "FIN1", "HLT1");
    }

    private static Market market() {
        return new Market(parameters(), Opening.first(0, parameters()));
    }

    private static Market.Parameters parameters() {
        return new Market.Parameters(50, 1_000, 7, 0.6);
    }

    private static Position position(Market market) {
        Opening opening = market.opening();
        return new Position(Map.of(
                "block", Long.toString(opening.sequence()),
                "regime", opening.regime().name(),
                "prices", opening.writtenPrices()));
    }

    private static List<Double> prices(Market market, int count) {
        return Stream.generate(() -> market.next().price()).limit(count).toList();
    }

    private static List<BigDecimal> prices(List<Quote> quotes) {
        return quotes.stream().map(Quote::price).toList();
    }

    /** Logarithmic returns of each symbol. */
    private static double[][] returns(Market market, int symbols, int rounds) {
        double[] last = new double[symbols];
        double[][] returns = new double[symbols][rounds];
        for (int round = 0; round <= rounds; round++) {
            for (int symbol = 0; symbol < symbols; symbol++) {
                double price = market.next().price();
                if (round > 0) {
                    returns[symbol][round - 1] = Math.log(price / last[symbol]);
                }
                last[symbol] = price;
            }
        }
        return returns;
    }

    private static double correlation(double[] left, double[] right) {
        double leftMean = Arrays.stream(left).average().orElseThrow();
        double rightMean = Arrays.stream(right).average().orElseThrow();
        double both = 0;
        double leftSquares = 0;
        double rightSquares = 0;
        for (int i = 0; i < left.length; i++) {
            both += (left[i] - leftMean) * (right[i] - rightMean);
            leftSquares += (left[i] - leftMean) * (left[i] - leftMean);
            rightSquares += (right[i] - rightMean) * (right[i] - rightMean);
        }
        return both / Math.sqrt(leftSquares * rightSquares);
    }

    private Recording quotes(Map<String, String> options, Optional<Position> position, int count) throws Exception {
        clock.advance(Duration.between(clock.instant(), NOW));
        RecordingHost host = host(options);
        try (SourceReader reader = host.open(new MarketFactory(), position)) {
            return host.read(reader, count);
        }
    }

    private RecordingHost host(Map<String, String> options) throws Exception {
        return RecordingHost.of(new MarketFactory(), options, clock, folder);
    }
}
