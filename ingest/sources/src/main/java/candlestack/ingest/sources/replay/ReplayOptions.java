package candlestack.ingest.sources.replay;

import candlestack.ingest.api.Config;
import candlestack.ingest.api.ConfigProblem;
import candlestack.ingest.api.ConfigSpec;
import candlestack.ingest.api.Option;
import candlestack.ingest.api.OptionType;
import candlestack.ingest.sources.time.TimeUnit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What {@code replay} can be told. */
final class ReplayOptions {
    static final Option<String> FILE =
            Option.text("file", "A CSV file, gzip too; sample:bitstamp-2013 is a week of BTC/USD trades.");
    static final Option<Optional<String>> SYMBOL = Option.text(
                    "symbol", "The symbol of all rows, unless a column has it.")
            .optional();
    static final Option<List<Column>> COLUMNS = Option.of(
                    "columns",
                    new OptionType<>(
                            "a list such as [time=timestamp, price=2] of time, price, size, bid, ask, symbol, each with "
                                    + "the name or number of its column",
                            Column::list),
                    "Which column is what; by default those with usual names.")
            .withDefault("");
    static final Option<Boolean> HEADER =
            Option.flag("header", "Whether the first line names the columns.").withDefault("true");
    static final Option<Character> SEPARATOR = Option.of(
                    "separator",
                    new OptionType<>("one character, or tab", ReplayOptions::separator),
                    "What stands between two columns.")
            .withDefault(",");
    static final Option<TimeUnit> TIME_UNIT = Option.choice(
                    "time-unit", TimeUnit.class, "What times are written in; auto tells a number's by its size.")
            .withDefault("auto");
    static final Option<Optional<String>> CURRENCY =
            Option.text("currency", "The currency of all prices.").optional();
    static final Option<Optional<String>> EXCHANGE =
            Option.text("exchange", "The exchange of all quotes.").optional();
    static final Option<Speed> SPEED = Option.of(
                    "speed",
                    new OptionType<>("a number from 0.001 to 1000000, or max", Speed::parse),
                    "How many times faster than it happened; max does not wait.")
            .withDefault("1");
    static final Option<Boolean> SHIFT_TO_NOW = Option.flag(
                    "shift-to-now", "Moves all times so that the last part of the file begins at the first start.")
            .withDefault("false");
    static final Option<Duration> FOLLOW = Option.duration(
                    "follow",
                    Duration.ZERO,
                    Duration.ofDays(3650),
                    "With shift-to-now: how much of the file's end is played at its pace; what is older comes at once.")
            .withDefault("1d");
    static final Option<Boolean> REPEAT = Option.flag(
                    "repeat", "With shift-to-now: plays the last part again and again, always at the current time.")
            .withDefault("false");

    static final ConfigSpec SPEC = ConfigSpec.of(
                    FILE,
                    SYMBOL,
                    COLUMNS,
                    HEADER,
                    SEPARATOR,
                    TIME_UNIT,
                    CURRENCY,
                    EXCHANGE,
                    SPEED,
                    SHIFT_TO_NOW,
                    FOLLOW,
                    REPEAT)
            .withRule(ReplayOptions::symbolIsKnown)
            .withRule(ReplayOptions::columnsAreNumbersWithoutHeader)
            .withRule(ReplayOptions::repeatedPartHasALength);

    private ReplayOptions() {}

    private static Optional<ConfigProblem> symbolIsKnown(Config config) {
        boolean known = config.get(SYMBOL).isPresent() || config.get(HEADER) || hasRole(config, Column.Role.SYMBOL);
        return problemUnless(known, "symbol", "Missing option 'symbol': expected a text, since no column has it");
    }

    private static Optional<ConfigProblem> columnsAreNumbersWithoutHeader(Config config) {
        boolean told = hasRole(config, Column.Role.TIME) && hasRole(config, Column.Role.PRICE);
        boolean numbers =
                config.get(COLUMNS).stream().allMatch(column -> column.number().isPresent());
        return problemUnless(
                config.get(HEADER) || (told && numbers),
                "columns",
                "Invalid columns: without a header, expected the numbers of the columns, at least [time=1, price=2]");
    }

    private static Optional<ConfigProblem> repeatedPartHasALength(Config config) {
        boolean possible = config.get(SHIFT_TO_NOW)
                && !config.get(FOLLOW).isZero()
                && !config.get(SPEED).isMax();
        return problemUnless(
                !config.get(REPEAT) || possible,
                "repeat",
                "Invalid repeat: expected shift-to-now with a follow above 0s and a speed that is not max");
    }

    private static boolean hasRole(Config config, Column.Role role) {
        return config.get(COLUMNS).stream().anyMatch(column -> column.role() == role);
    }

    private static Optional<ConfigProblem> problemUnless(boolean well, String option, String message) {
        return well ? Optional.empty() : Optional.of(new ConfigProblem(option, message));
    }

    private static char separator(String text) {
        if (text.equals("tab")) {
            return '\t';
        }
        if (text.length() != 1 || text.equals("\"")) {
            throw new IllegalArgumentException();
        }
        return text.charAt(0);
    }
}
