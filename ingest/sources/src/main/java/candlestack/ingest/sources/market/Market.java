package candlestack.ingest.sources.market;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Prices as correlated geometric Brownian motion with jumps, in a market that is calm, normal or turbulent.
 *
 * <p>In each round every symbol moves once, by a return that is in part the market's, in part its sector's and in part
 * its own. Randomness begins anew with each block of quotes, from the seed and the block's first number: so what follows
 * a quote depends on the block's {@link Opening} and on nothing else, and an opening is all that has to be kept.
 *
 * <p>Not thread-safe.
 */
final class Market {
    private static final double SECONDS_A_YEAR = 365.25 * 86_400;
    /** Shares of a symbol's variance. */
    private static final double MARKET_SHARE = Math.sqrt(0.30);

    private static final double SECTOR_SHARE = Math.sqrt(0.25);
    private static final double OWN_SHARE = Math.sqrt(0.45);

    private static final List<Regime> REGIMES = List.of(Regime.values());
    private static final double REGIME_SECONDS = 600;
    private static final double JUMP_SECONDS = 6 * 3600;
    private static final double JUMP_SIZE = 0.01;
    private static final int BLOCK_QUOTES = 100_000;

    private static final double LEAST_PRICE = 0.01;
    private static final double GREATEST_PRICE = 10_000_000;

    private final Parameters parameters;
    private final int blockQuotes;
    private final double[] sectorReturns = new double[Listing.sectors()];

    private Opening opening;
    private SplittableRandom random;
    private double[] prices;
    private Regime regime;
    private long sequence;
    private double marketReturn;

    /** @param volatility standard deviation of the yearly return in normal times */
    record Parameters(int symbols, double quotesPerSecond, long seed, double volatility) {
        /** Seconds from one quote of a symbol to its next. */
        double step() {
            return symbols / quotesPerSecond;
        }
    }

    /** One quote of the symbol with this index. */
    record Tick(long sequence, int index, double price, double spread, long size) {}

    Market(Parameters parameters, Opening opening) {
        this.parameters = parameters;
        this.blockQuotes = Math.max(1, BLOCK_QUOTES / parameters.symbols()) * parameters.symbols();
        begin(opening);
    }

    /** The number of the next quote. */
    long sequence() {
        return sequence;
    }

    /** How the block began that the next quote belongs to. */
    Opening opening() {
        return opening;
    }

    /** Goes on to the quote of this number, which belongs to the block that was begun with or comes later. */
    void advanceTo(long next) {
        while (sequence < next) {
            next();
        }
    }

    Tick next() {
        if (sequence - opening.sequence() == blockQuotes) {
            begin(new Opening(sequence, regime, prices.clone()));
        }
        int index = (int) ((sequence - opening.sequence()) % parameters.symbols());
        if (index == 0) {
            beginRound();
        }
        prices[index] = moved(prices[index], sectorReturns[Listing.sectorOf(index)]);
        long size = Math.max(1, Math.round(StrictMath.exp(4 + random.nextGaussian())));
        return new Tick(sequence++, index, prices[index], prices[index] * 0.0001 * regime.factor(), size);
    }

    private void begin(Opening begun) {
        opening = begun;
        random = new SplittableRandom(parameters.seed() * 0x9E3779B97F4A7C15L + begun.sequence());
        prices = begun.prices().clone();
        regime = begun.regime();
        sequence = begun.sequence();
    }

    private void beginRound() {
        if (random.nextDouble() < parameters.step() / REGIME_SECONDS) {
            regime = REGIMES.get(random.nextInt(REGIMES.size()));
        }
        marketReturn = random.nextGaussian();
        for (int sector = 0; sector < sectorReturns.length; sector++) {
            sectorReturns[sector] = random.nextGaussian();
        }
    }

    private double moved(double price, double sectorReturn) {
        double deviation =
                parameters.volatility() * regime.factor() * StrictMath.sqrt(parameters.step() / SECONDS_A_YEAR);
        double shock = MARKET_SHARE * marketReturn + SECTOR_SHARE * sectorReturn + OWN_SHARE * random.nextGaussian();
        double jump = random.nextDouble() < parameters.step() / JUMP_SECONDS ? JUMP_SIZE * random.nextGaussian() : 0;
        double moved = price * StrictMath.exp(deviation * shock - deviation * deviation / 2 + jump);
        return Math.min(GREATEST_PRICE, Math.max(LEAST_PRICE, moved));
    }
}
