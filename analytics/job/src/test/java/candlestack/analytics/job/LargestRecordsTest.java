package candlestack.analytics.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import candlestack.analytics.compute.devices.DevicesRules;
import candlestack.analytics.compute.series.SeriesRules;
import candlestack.analytics.compute.stream.EventTimeRules;
import candlestack.analytics.compute.stream.KeyState;
import candlestack.analytics.compute.stream.StreamRecord;
import candlestack.analytics.compute.stream.StreamRules;
import candlestack.analytics.compute.users.Pseudonyms;
import candlestack.analytics.compute.users.UsersRules;
import candlestack.analytics.compute.votes.VotesRules;
import candlestack.config.Topic;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes of a record that has the most bytes that its topic takes, wherever in it they are. */
class LargestRecordsTest {
    private static final EventTimeRules TIMES = EventTimeRules.of(Duration.ofSeconds(60), Duration.ofSeconds(60));
    private static final StreamRules DEVICES = new DevicesRules(TIMES);
    private static final StreamRules SERIES = new SeriesRules(TIMES);
    private static final StreamRules VOTES = new VotesRules(TIMES);
    private static final StreamRules USERS = new UsersRules(18, new Pseudonyms("0123456789abcdef0123456789abcdef"));

    private static final int MOST = Topic.LARGEST_RECORD - 10_000;
    private static final String LONG = "x".repeat(MOST);
    private static final String USER = "00000000-0000-4000-8000-000000000001";

    static Stream<Arguments> records() {
        return Stream.of(
                arguments("a device event's id", DEVICES, "k", event("eventId", quoted(LONG))),
                arguments("a device event's customer", DEVICES, "k", event("customerId", quoted(LONG))),
                arguments("a device event's key", DEVICES, LONG, "{}"),
                arguments("a device's id", DEVICES, "k", event("data", devices("\"deviceId\":" + quoted(LONG)))),
                arguments("a device's measure", DEVICES, "k", event("data", devices("\"measure\":" + quoted(LONG)))),
                arguments(
                        "a device's status, again and again",
                        DEVICES,
                        "k",
                        event("data", devices(repeated("\"status\":1")))),
                arguments("an event's publisher, again and again", DEVICES, "k", "{" + repeated("\"eventId\":1") + "}"),
                arguments("a series' name", SERIES, "k", point(quoted(LONG), "{}", "{\"a\":1}")),
                arguments("a series' tag", SERIES, "k", point("\"s\"", "{\"t\":" + quoted(LONG) + "}", "{\"a\":1}")),
                arguments("a series' tags", SERIES, "k", point("\"s\"", "{" + numbered("\"v\"") + "}", "{\"a\":1}")),
                arguments("a series' fields", SERIES, "k", point("\"s\"", "{}", "{" + numbered("1") + "}")),
                arguments("a vote's voter", VOTES, "k", "{\"voter_id\":" + quoted(LONG) + "}"),
                arguments("a vote's region", VOTES, "k", "{\"voter_id\":\"v\",\"region\":" + quoted(LONG) + "}"),
                arguments("an erasure's key", USERS, LONG, null),
                arguments("a profile's key", USERS, LONG, profile(USER, "A")),
                arguments("a profile's id", USERS, LONG.substring(MOST / 2), profile(LONG.substring(MOST / 2), "A")),
                arguments("a profile's name", USERS, USER, profile(USER, LONG)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("records")
    void ofTheLargestRecordNothingBecomesTooLarge(String where, StreamRules rules, String key, String value) {
        TurnRecords turn = new TurnRecords();
        turn(rules, key, value, "event#1", turn);

        assertAllFit(turn.take());
    }

    static Stream<Arguments> streams() {
        return Stream.of(
                arguments("device reading", DEVICES, "k", event("data", devices("\"deviceId\":\"D\""))),
                arguments("device error", DEVICES, "k", event("customerId", "1")),
                arguments("device event without a name", DEVICES, "", "{}"),
                arguments("point", SERIES, "k", point("\"s\"", "{}", "{\"a\":1}")),
                arguments("profile", USERS, USER, profile(USER, "x".repeat(1 << 19))),
                arguments("erasure", USERS, USER, null),
                arguments("refused vote", VOTES, "k", "{}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("streams")
    void norOfTheLongestEventId(String what, StreamRules rules, String key, String value) {
        TurnRecords turn = new TurnRecords();
        turn(rules, key, value, LONG, turn);

        List<OutgoingRecord> records = turn.take();
        assertThat(records).isNotEmpty();
        assertAllFit(records);
    }

    private static void turn(StreamRules rules, String key, String value, String eventId, TurnRecords output) {
        IncomingRecord incoming = new IncomingRecord();
        incoming.setTopic(rules.topics().get(0));
        incoming.setKey(key.getBytes(UTF_8));
        incoming.setValue(value == null ? null : value.getBytes(UTF_8));
        incoming.setStampMillis(1_760_000_000_000L);
        incoming.setHeaders(List.of(new RecordHeader("event-id", eventId.getBytes(UTF_8))));
        StreamRecord record = incoming.toStreamRecord();
        KeyState state = rules.newState(rules.keyOf(record));
        state.accept(record, output);
        state.writeOut(output);
    }

    private static void assertAllFit(List<OutgoingRecord> records) {
        for (OutgoingRecord record : records) {
            if (record.getTopic() != null) {
                assertThat(RecordSize.of(record)).as(record.getTopic()).isLessThan(Topic.LARGEST_RECORD - 1_000);
            }
        }
    }

    /** A device event whose field is the given one. */
    private static String event(String field, String value) {
        String event = "{\"eventId\":\"e\",\"customerId\":\"C\",\"eventTime\":\"2025-10-09T08:53:20Z\",\"data\":"
                + devices("\"deviceId\":\"D\"");
        return event + ",\"" + field + "\":" + value + "}";
    }

    private static String devices(String fields) {
        return "{\"devices\":[{\"deviceId\":\"D\",\"temperature\":1,\"status\":\"SUCCESS\"," + fields + "}]}";
    }

    private static String point(String series, String tags, String fields) {
        return "{\"series\":" + series + ",\"time\":\"2025-10-09T08:53:20Z\",\"tags\":" + tags + ",\"fields\":" + fields
                + "}";
    }

    private static String profile(String id, String name) {
        return """
                {"name":{"last":"%s"},"location":{"country":"Norway"},"email":"a@example.com",\
                "login":{"uuid":"%s"},"dob":{"date":"1990-03-02T00:00:00Z"},"nat":"NO"}""".formatted(name, id);
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    private static String repeated(String field) {
        return Stream.generate(() -> field).limit(MOST / (field.length() + 1)).collect(Collectors.joining(","));
    }

    /** As many as there is room for, each with a name of 128 characters. */
    private static String numbered(String value) {
        String format = "\"%0128d\":" + value;
        return IntStream.range(0, MOST / (String.format(format, 0).length() + 1))
                .mapToObj(number -> String.format(format, number))
                .collect(Collectors.joining(","));
    }
}
