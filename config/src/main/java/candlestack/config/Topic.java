package candlestack.config;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The topics of the stack. Records are JSON with the headers {@code source} and {@code event-id}; the broker stamps
 * each with the time it was appended, which is the clock that future timestamps are judged by.
 */
public enum Topic {
    MARKET_QUOTES("market.quotes", Kind.STREAM),
    MARKET_BARS("market.bars", Kind.STREAM),
    MARKET_SIGNALS("market.signals", Kind.STREAM),
    MARKET_INSTRUMENTS("market.instruments", Kind.TABLE),
    VOTES_CANDIDATES("votes.candidates", Kind.TABLE),
    VOTES_VOTERS("votes.voters", Kind.PERSONAL),
    VOTES_CAST("votes.cast", Kind.STREAM),
    USERS_PROFILES("users.profiles", Kind.PERSONAL),
    DEVICES_EVENTS("devices.events", Kind.STREAM),
    SERIES_POINTS("series.points", Kind.STREAM),
    VOTES_COUNTED("votes.counted", Kind.PERSONAL),
    USERS_REFINED("users.refined", Kind.PERSONAL),
    USERS_TALLIES("users.tallies", Kind.TABLE),
    DEVICES_READINGS("devices.readings", Kind.STREAM),
    DEVICES_ERRORS("devices.errors", Kind.STREAM),
    DEVICES_LATEST("devices.latest", Kind.TABLE),
    ANALYTICS_POINTS("analytics.points", Kind.STREAM),
    PIPELINE_METRICS("pipeline.metrics", Kind.STREAM),
    DEAD_LETTERS("dead.letters", Kind.STREAM);

    /** What a topic's records are, which decides how long they stay. */
    public enum Kind {
        /** Kept for {@link Keys#KAFKA_RETENTION}. */
        STREAM,
        /** Compacted: the newest record of each key stays. */
        TABLE,
        /** Compacted, so that a tombstone erases a person, and kept no longer than {@link Keys#RETENTION}. */
        PERSONAL
    }

    /** Bytes that a record of any topic may have, and so a request of its producer. */
    public static final int LARGEST_RECORD = 4 << 20;

    private static final Map<String, Topic> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Topic::topicName, topic -> topic));

    private final String topicName;
    private final Kind kind;

    Topic(String topicName, Kind kind) {
        this.topicName = topicName;
        this.kind = kind;
    }

    public String topicName() {
        return topicName;
    }

    public Kind kind() {
        return kind;
    }

    /** @throws IllegalArgumentException if none of our topics has the name */
    public static Topic named(String topicName) {
        Topic topic = BY_NAME.get(topicName);
        if (topic == null) {
            throw new IllegalArgumentException("Unknown topic '" + topicName + "'");
        }
        return topic;
    }

    public static List<String> names() {
        return Arrays.stream(values()).map(Topic::topicName).toList();
    }
}
