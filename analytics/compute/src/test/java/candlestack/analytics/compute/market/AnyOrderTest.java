package candlestack.analytics.compute.market;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import candlestack.analytics.compute.quote.EventId;
import candlestack.analytics.compute.quote.Quote;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Order of arrival within the lateness, repetition and the cut of the turns leave no trace in bars and signals. */
class AnyOrderTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int QUOTES = 6_000;

    private record Arrival(Quote quote, EventId id, long order) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theLastVersionsAreTheSame(long seed) {
        Random random = new Random(seed);
        List<Arrival> arrivals = walk(random);
        Market inOrder = run(arrivals, random, 1);
        Market allAtOnce = run(arrivals, random, 0);
        Market shuffled = run(shuffledWithinLateness(arrivals, random), random, 0.01);
        Market repeated = run(withRepetitions(shuffledWithinLateness(arrivals, random), random), random, 0.1);

        assertThat(inOrder.bars()).hasSizeGreaterThan(3_000);
        assertThat(inOrder.signals()).hasSizeGreaterThan(10);
        for (Market other : List.of(allAtOnce, shuffled, repeated)) {
            assertThat(other.bars()).isEqualTo(inOrder.bars());
            assertThat(other.signals()).isEqualTo(inOrder.signals());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void whatIsTooLateIsTheSameWhereverTheTurnsEnd(long seed) {
        Random random = new Random(seed);
        List<Arrival> arrivals = shuffledBy(walk(random), random, 90 * SECOND);
        Market one = run(arrivals, random, 0);
        Market other = run(arrivals, random, 0.2);

        assertThat(other.bars()).isEqualTo(one.bars());
        assertThat(other.signals()).isEqualTo(one.signals());
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void closingBarsEarlyChangesNothingInTheEnd(long seed) {
        Random random = new Random(seed);
        List<Arrival> arrivals = shuffledWithinLateness(walk(random), random);
        Market quiet = run(arrivals, random, 0.05);
        Market hasty = new Market();
        for (Arrival arrival : arrivals) {
            hasty.accept(arrival.quote(), arrival.id());
            if (random.nextInt(20) == 0) {
                hasty.endTurn(random.nextLong(2_000));
                hasty.state().closeQuietBars(arrival.quote().timeNanos() / 1_000_000 + random.nextInt(200_000), hasty);
                hasty.sleep();
            }
        }
        close(hasty);

        assertThat(hasty.bars()).isEqualTo(quiet.bars());
        assertThat(hasty.signals()).isEqualTo(quiet.signals());
    }

    private static Market run(List<Arrival> arrivals, Random random, double shareOfTurns) {
        Market market = new Market();
        for (Arrival arrival : arrivals) {
            market.accept(arrival.quote(), arrival.id());
            if (random.nextDouble() < shareOfTurns) {
                market.endTurn(random.nextLong(500));
            }
        }
        return close(market);
    }

    private static Market close(Market market) {
        market.endTurn();
        market.state().closeQuietBars(Long.MAX_VALUE / 4_000_000, market);
        return market;
    }

    /** Two hours and a half of prices that trend and turn, no two at the same time; sizes add up in any order. */
    private static List<Arrival> walk(Random random) {
        List<Arrival> arrivals = new ArrayList<>();
        long time = 1_385_337_600L * SECOND;
        double price = 100;
        double drift = 0;
        for (int i = 0; i < QUOTES; i++) {
            time += 1 + random.nextLong(3 * SECOND);
            drift = random.nextInt(200) == 0 ? random.nextGaussian() / 50 : drift;
            price = Math.max(1, price + drift + random.nextGaussian() / 10);
            double size = random.nextInt(5) == 0 ? Double.NaN : random.nextInt(1, 1_000_000) / 1e8;
            Quote quote = Market.quote(time, Math.rint(price * 100) / 100, size);
            arrivals.add(new Arrival(quote, EventId.parse(("id-" + i).getBytes(UTF_8)), time));
        }
        return arrivals;
    }

    private static List<Arrival> shuffledWithinLateness(List<Arrival> arrivals, Random random) {
        return shuffledBy(arrivals, random, 60 * SECOND);
    }

    /** Each arrives up to {@code nanos} after its time. */
    private static List<Arrival> shuffledBy(List<Arrival> arrivals, Random random, long nanos) {
        return arrivals.stream()
                .map(next -> new Arrival(
                        next.quote(),
                        next.id(),
                        next.quote().timeNanos() + (random.nextInt(10) == 0 ? random.nextLong(nanos) : 0)))
                .sorted(Comparator.comparingLong(Arrival::order))
                .toList();
    }

    /** One in five comes again within half a minute. */
    private static List<Arrival> withRepetitions(List<Arrival> arrivals, Random random) {
        List<Arrival> all = new ArrayList<>(arrivals);
        for (Arrival next : arrivals) {
            if (random.nextInt(5) == 0) {
                all.add(new Arrival(next.quote(), next.id(), next.order() + random.nextLong(30 * SECOND)));
            }
        }
        all.sort(Comparator.comparingLong(Arrival::order));
        return all;
    }
}
