package candlestack.ingest.feeds.mapping;

import candlestack.ingest.api.Config;
import candlestack.ingest.api.ConfigProblem;
import candlestack.ingest.api.ConfigSpec;
import candlestack.ingest.api.Option;
import candlestack.ingest.api.OptionType;
import candlestack.ingest.sources.time.TimeUnit;
import com.fasterxml.jackson.core.JsonPointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The options by which a mapping is written. */
public final class MappingOptions {
    static final Option<Emit> EMIT = Option.choice(
                    "emit", Emit.class, "series for points with any fields and tags, quotes for prices of symbols.")
            .withDefault("series");
    static final Option<JsonPointer> ITEMS = Option.of(
                    "items",
                    new OptionType<>("a JSON pointer such as /data/items", Place::pointer),
                    "Where the list of items is; by default the whole document is that list, or the only item.")
            .withDefault("");
    static final Option<TimeUnit> TIME_FORMAT = Option.choice(
                    "time-format",
                    TimeUnit.class,
                    "What times are written in; auto takes ISO-8601, and tells a number's unit by its size.")
            .withDefault("auto");
    static final Option<Map<String, JsonPointer>> VALUES = Option.of(
            "values",
            new OptionType<>(
                    "a list such as [celsius=/main/temp]", text -> someOf(Pairs.parse(text, MappingOptions::pointer))),
            "The numbers, each with its place in an item; of quotes price, and size, bid, ask where known.");
    static final Option<Map<String, Place>> TAGS = Option.of(
                    "tags",
                    new OptionType<>(
                            "a list such as [station=/name, country=DE]",
                            text -> Pairs.parse(text, (name, value) -> Place.parse(value))),
                    "The tags, each with its place in an item or its text; of quotes currency and exchange.")
            .withDefault("");
    static final Option<Optional<Place>> SERIES = Option.of(
                    "series", place("weather"), "The series, or its place in an item; by default the source's name.")
            .optional();
    static final Option<Optional<Place>> SYMBOL = Option.of(
                    "symbol", place("BTC-USD"), "With emit: quotes, the symbol or its place in an item.")
            .optional();
    static final Option<Optional<Place>> ID = Option.of(
                    "id", place("@key"), "What identifies an item where it comes from, such as /trade_id.")
            .optional();

    private static final Set<String> PARTS_OF_A_QUOTE = Set.of("price", "size", "bid", "ask");
    private static final Set<String> TEXTS_OF_A_QUOTE = Set.of("currency", "exchange");

    private MappingOptions() {}

    /**
     * The options of a source and, after them, those of its mapping.
     *
     * @param attributes which names may follow an at sign
     * @param known what those are, for messages
     */
    public static ConfigSpec spec(List<Option<?>> own, Predicate<String> attributes, String known) {
        List<Option<?>> all = new ArrayList<>(own);
        all.addAll(List.of(EMIT, ITEMS, TIME_FORMAT, VALUES, TAGS, SERIES, SYMBOL, ID));
        return ConfigSpec.of(all.toArray(new Option<?>[0]))
                .withRule(MappingOptions::symbolOfQuotes)
                .withRule(MappingOptions::priceOfQuotes)
                .withRule(MappingOptions::tagsOfQuotes)
                .withRule(config -> attributesAreKnown(config, attributes, known));
    }

    /** @param instance the series where none is said */
    public static Mapping mapping(Config config, TimePlace time, String instance) {
        Place subject = config.get(EMIT) == Emit.QUOTES
                ? config.get(SYMBOL).orElseThrow()
                : config.get(SERIES).orElse(new Place.Constant(instance));
        return new Mapping(
                config.get(EMIT),
                config.get(ITEMS),
                subject,
                time,
                config.get(TIME_FORMAT),
                config.get(VALUES),
                config.get(TAGS),
                config.get(ID));
    }

    private static Optional<ConfigProblem> symbolOfQuotes(Config config) {
        return config.get(EMIT) == Emit.QUOTES && config.get(SYMBOL).isEmpty()
                ? problem("symbol", "Missing option 'symbol': expected, with emit: quotes, a text or a JSON pointer")
                : Optional.empty();
    }

    private static Optional<ConfigProblem> priceOfQuotes(Config config) {
        Set<String> names = config.get(VALUES).keySet();
        boolean well = names.contains("price") && PARTS_OF_A_QUOTE.containsAll(names);
        return config.get(EMIT) == Emit.QUOTES && !well
                ? problem(
                        "values",
                        "Invalid values: " + names + ", expected of quotes price, and size, bid, ask if known")
                : Optional.empty();
    }

    private static Optional<ConfigProblem> tagsOfQuotes(Config config) {
        Set<String> names = config.get(TAGS).keySet();
        return config.get(EMIT) == Emit.QUOTES && !TEXTS_OF_A_QUOTE.containsAll(names)
                ? problem("tags", "Invalid tags: " + names + ", expected of quotes nothing but currency and exchange")
                : Optional.empty();
    }

    private static Optional<ConfigProblem> attributesAreKnown(
            Config config, Predicate<String> attributes, String known) {
        Stream<Place> single = Stream.of(config.get(SERIES), config.get(SYMBOL), config.get(ID))
                .flatMap(Optional::stream);
        String unknown = Stream.concat(single, config.get(TAGS).values().stream())
                .filter(place -> place instanceof Place.Attribute attribute && !attributes.test(attribute.name()))
                .map(Place::toString)
                .collect(Collectors.joining(", "));
        return unknown.isEmpty() ? Optional.empty() : problem("tags", "Unknown " + unknown + ": expected " + known);
    }

    private static JsonPointer pointer(String name, String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("no pointer for " + name);
        }
        return Place.pointer(text);
    }

    private static <T> Map<String, T> someOf(Map<String, T> pairs) {
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("empty");
        }
        return pairs;
    }

    private static OptionType<Place> place(String example) {
        return new OptionType<>("a text such as " + example + ", or a JSON pointer such as /name", Place::parse);
    }

    private static Optional<ConfigProblem> problem(String option, String message) {
        return Optional.of(new ConfigProblem(option, message));
    }
}
