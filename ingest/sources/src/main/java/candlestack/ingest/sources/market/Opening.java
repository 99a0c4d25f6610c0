package candlestack.ingest.sources.market;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.Position;
import candlestack.ingest.api.SourceException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** All that a block of quotes depends on, apart from the configuration. */
final class Opening {
    private final long sequence;
    private final Regime regime;
    private final double[] prices;
    private final String writtenPrices;

    /**
     * @param sequence number of the block's first quote
     * @param prices before it, one a symbol; not copied
     */
    Opening(long sequence, Regime regime, double[] prices) {
        this.sequence = sequence;
        this.regime = requireNonNull(regime, "regime is null");
        this.prices = prices;
        this.writtenPrices = Arrays.stream(prices).mapToObj(Double::toString).collect(Collectors.joining(" "));
    }

    /** Prices out of nothing but the seed. */
    static Opening first(long sequence, Market.Parameters parameters) {
        SplittableRandom random = new SplittableRandom(~parameters.seed());
        double[] prices = new double[parameters.symbols()];
        Arrays.setAll(prices, index -> StrictMath.exp(4 + 0.8 * random.nextGaussian()));
        return new Opening(sequence, Regime.NORMAL, prices);
    }

    static Opening from(Position position) throws SourceException {
        try {
            double[] prices = Arrays.stream(position.text("prices").orElse("").split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            Regime regime = Regime.valueOf(position.text("regime").orElse(""));
            return new Opening(position.number("block"), regime, prices);
        } catch (IllegalArgumentException e) {
            throw new SourceException(
                    ErrorKind.POSITION_LOST, "Cannot read position " + position.fields() + ": " + e.getMessage(), e);
        }
    }

    long sequence() {
        return sequence;
    }

    Regime regime() {
        return regime;
    }

    /** Not a copy. */
    double[] prices() {
        return prices;
    }

    String writtenPrices() {
        return writtenPrices;
    }
}
