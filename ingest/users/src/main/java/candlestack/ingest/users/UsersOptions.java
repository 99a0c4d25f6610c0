package candlestack.ingest.users;

import candlestack.ingest.api.Config;
import candlestack.ingest.api.ConfigProblem;
import candlestack.ingest.api.ConfigSpec;
import candlestack.ingest.api.Option;
import candlestack.ingest.api.OptionType;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** What {@code users} can be told. */
final class UsersOptions {
    /** The API gives 20,000 users an address in 300 seconds; this is 18,000. */
    private static final BigDecimal MOST_LIVE_RATE = BigDecimal.valueOf(60);

    /** Where profiles come from. */
    enum Mode {
        OFFLINE,
        LIVE
    }

    static final Option<Mode> MODE = Option.choice(
                    "mode", Mode.class, "Whether profiles are made here or fetched from the randomuser.me API.")
            .withDefault("offline");
    static final Option<BigDecimal> RATE = Option.decimal(
                    "rate", new BigDecimal("0.001"), BigDecimal.valueOf(10_000), "Profiles a second.")
            .withDefault("1");
    static final Option<String> SEED = Option.of(
                    "seed",
                    new OptionType<>("1 to 12 letters, digits or hyphens", UsersOptions::seed),
                    "The same seed gives the same people in the same order.")
            .withDefault("candlestack");
    static final Option<List<Nationality>> NATIONALITIES = Option.of(
                    "nationalities",
                    new OptionType<>("a list such as [US, FR] of " + Nationality.codes(), Nationality::list),
                    "Which nationalities the people have.")
            .withDefault(Nationality.codes());
    static final Option<BigDecimal> UPDATES = Option.decimal(
                    "updates",
                    BigDecimal.ZERO,
                    BigDecimal.ONE,
                    "Offline: share of the profiles that are a newer version of an earlier one; 0.1 is 10 %.")
            .withDefault("0.1");
    static final Option<Long> BATCH = Option.number("batch", 1, 5_000, "Live: how many users one request asks for.")
            .withDefault("100");
    static final Option<URI> URL = Option.of(
                    "url",
                    new OptionType<>("an address that begins with http:// or https://", UsersOptions::address),
                    "Live: address of the API.")
            .withDefault("https://randomuser.me/api/1.4/");

    static final ConfigSpec SPEC = ConfigSpec.of(MODE, RATE, SEED, NATIONALITIES, UPDATES, BATCH, URL)
            .withRule(UsersOptions::liveRateIsAllowed);

    private UsersOptions() {}

    private static Optional<ConfigProblem> liveRateIsAllowed(Config config) {
        if (config.get(MODE) == Mode.OFFLINE || config.get(RATE).compareTo(MOST_LIVE_RATE) <= 0) {
            return Optional.empty();
        }
        String message = "Invalid rate: '" + config.get(RATE).toPlainString() + "', expected at most " + MOST_LIVE_RATE
                + " in mode live: the API refuses more than 20,000 users in 300 seconds";
        return Optional.of(new ConfigProblem("rate", message));
    }

    /** Short, since the API takes 18 characters for a seed with a nationality in it, and more are added here. */
    private static String seed(String text) {
        if (!text.matches("[A-Za-z0-9-]{1,12}")) {
            throw new IllegalArgumentException();
        }
        return text;
    }

    private static URI address(String text) {
        URI address = URI.create(text);
        if (!text.matches("https?://.+") || address.getHost() == null || address.getQuery() != null) {
            throw new IllegalArgumentException();
        }
        return address;
    }
}
