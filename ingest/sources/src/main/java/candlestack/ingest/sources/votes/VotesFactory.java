package candlestack.ingest.sources.votes;

import candlestack.ingest.api.Config;
import candlestack.ingest.api.ConfigProblem;
import candlestack.ingest.api.ConfigSpec;
import candlestack.ingest.api.Option;
import candlestack.ingest.api.ResumeKind;
import candlestack.ingest.api.Source;
import candlestack.ingest.api.SourceContext;
import candlestack.ingest.api.SourceFactory;
import java.math.BigDecimal;
import java.util.Optional;

/** An election that does not take place: candidates, a register of voters, and votes. */
public final class VotesFactory implements SourceFactory {
    static final Option<Long> VOTERS = Option.number(
                    "voters",
                    1,
                    1_000_000,
                    "How many voters a register holds. When all of them who will vote have voted, as many more register.")
            .withDefault("10000");
    static final Option<Long> CANDIDATES =
            Option.number("candidates", 2, 26, "How many candidates there are.").withDefault("5");
    static final Option<Long> REGIONS = Option.number(
                    "regions",
                    1,
                    Region.MOST,
                    "How many regions the voters live in; each is smaller than the one before.")
            .withDefault("8");
    static final Option<BigDecimal> RATE = Option.decimal(
                    "rate",
                    new BigDecimal("0.01"),
                    BigDecimal.valueOf(1_000_000),
                    "Votes a second on an average of the day: more in the morning and the evening, fewer at night.")
            .withDefault("2");
    static final Option<Long> SEED = Option.number(
                    "seed", 0, Long.MAX_VALUE, "The same seed and options give the same voters and the same votes.")
            .withDefault("1");
    static final Option<BigDecimal> DOUBLE_VOTES = share(
            "double-votes",
            "Which share of the votes are attempts of somebody who has voted; 0.01 is one in a hundred.");
    static final Option<BigDecimal> MALFORMED =
            share("malformed", "Which share of the votes cannot be read; 0.01 is one in a hundred.");

    private static Option<BigDecimal> share(String name, String description) {
        return Option.decimal(name, BigDecimal.ZERO, BigDecimal.ONE, description)
                .withDefault("0");
    }

    @Override
    public String name() {
        return "votes";
    }

    @Override
    public String description() {
        return "A simulated election: candidates, voters of regions of different size, and votes whose mood drifts.";
    }

    @Override
    public ConfigSpec config() {
        return ConfigSpec.of(VOTERS, CANDIDATES, REGIONS, RATE, SEED, DOUBLE_VOTES, MALFORMED)
                .withRule(VotesFactory::leavesVotes);
    }

    private static Optional<ConfigProblem> leavesVotes(Config config) {
        BigDecimal faulty = config.get(DOUBLE_VOTES).add(config.get(MALFORMED));
        return faulty.compareTo(new BigDecimal("0.9")) <= 0
                ? Optional.empty()
                : Optional.of(new ConfigProblem(
                        DOUBLE_VOTES.name(),
                        "Invalid double-votes and malformed: " + faulty.toPlainString()
                                + " of the votes together, expected at most 0.9"));
    }

    @Override
    public ResumeKind resume() {
        return ResumeKind.EXACT;
    }

    @Override
    public Source create(SourceContext context) {
        return position -> VotesReader.open(context, position);
    }
}
