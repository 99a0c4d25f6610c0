package candlestack.ingest.feeds.kafka;

import candlestack.ingest.api.ConfigSpec;
import candlestack.ingest.api.Option;
import candlestack.ingest.api.OptionType;
import candlestack.ingest.feeds.mapping.MappingOptions;
import candlestack.ingest.feeds.mapping.Pairs;
import candlestack.ingest.feeds.mapping.TimePlace;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@code kafka} can be told. */
final class KafkaOptions {
    static final String KEY = "key";
    static final String HEADER = "header:";

    /** What this source decides by itself. */
    static final Set<String> OWN = Set.of(
            "bootstrap.servers",
            "auto.offset.reset",
            "enable.auto.commit",
            "group.id",
            "group.instance.id",
            "group.protocol",
            "key.deserializer",
            "value.deserializer");

    static final Option<List<String>> BOOTSTRAP =
            Option.list("bootstrap", "The brokers to begin with, such as broker-1:9092.");
    static final Option<List<String>> TOPICS = Option.list("topics", "What is read.");
    static final Option<Start> START = Option.choice(
                    "start", Start.class, "Where to begin at the first start; later it goes on where it was.")
            .withDefault("latest");
    static final Option<Map<String, String>> PROPERTIES = Option.of(
                    "properties",
                    new OptionType<>(
                            "a list such as [security.protocol=SSL] of a consumer's settings, without those that this "
                                    + "source decides by itself: "
                                    + String.join(", ", OWN.stream().sorted().toList()),
                            text -> Pairs.parse(text, KafkaOptions::property)),
                    "Settings of Kafka's consumer, such as those of security; never shown.")
            .withDefault("")
            .secret();
    static final Option<TimePlace> TIME = Option.of(
                    "time",
                    new OptionType<>("record, observed or a JSON pointer such as /time", TimePlace::parse),
                    "Where an item's time is: the record's timestamp, the clock when it was read, or in the JSON.")
            .withDefault("record");

    static final ConfigSpec SPEC = MappingOptions.spec(
            List.of(BOOTSTRAP, TOPICS, START, PROPERTIES, TIME), KafkaOptions::isAttribute, "@key or @header:NAME");

    /** Where to begin. */
    enum Start {
        EARLIEST,
        LATEST
    }

    private KafkaOptions() {}

    private static boolean isAttribute(String name) {
        return name.equals(KEY) || (name.startsWith(HEADER) && name.length() > HEADER.length());
    }

    private static String property(String name, String value) {
        if (OWN.contains(name)) {
            throw new IllegalArgumentException(name + " is not to be set");
        }
        return value;
    }
}
