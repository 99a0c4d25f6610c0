package candlestack.ingest.sources.market;

import candlestack.ingest.api.ConfigSpec;
import candlestack.ingest.api.Option;
import candlestack.ingest.api.ResumeKind;
import candlestack.ingest.api.Source;
import candlestack.ingest.api.SourceContext;
import candlestack.ingest.api.SourceFactory;
import java.math.BigDecimal;

/** A market that does not exist: for demonstrations, tests of load, and for seeing something at once. */
public final class MarketFactory implements SourceFactory {
    static final Option<Long> SYMBOLS =
            Option.number("symbols", 1, 10_000, "How many symbols there are.").withDefault("50");
    static final Option<BigDecimal> RATE = Option.decimal(
                    "rate",
                    new BigDecimal("0.01"),
                    BigDecimal.valueOf(1_000_000),
                    "Quotes a second, of all symbols together.")
            .withDefault("250");
    static final Option<Long> SEED = Option.number(
                    "seed",
                    0,
                    Long.MAX_VALUE,
                    "The same seed, symbols and rate give the same prices in the same order.")
            .withDefault("1");
    static final Option<BigDecimal> VOLATILITY = Option.decimal(
                    "volatility",
                    BigDecimal.ZERO,
                    BigDecimal.TEN,
                    "Standard deviation of a symbol's yearly return in normal times; 0.6 is 60 %.")
            .withDefault("0.6");

    @Override
    public String name() {
        return "market";
    }

    @Override
    public String description() {
        return "A simulated market: correlated prices with sectors, jumps and changing volatility, at any rate.";
    }

    @Override
    public ConfigSpec config() {
        return ConfigSpec.of(SYMBOLS, RATE, SEED, VOLATILITY);
    }

    @Override
    public ResumeKind resume() {
        return ResumeKind.EXACT;
    }

    @Override
    public Source create(SourceContext context) {
        return position -> MarketReader.open(context, position);
    }
}
