package candlestack.analytics.sinks.users;

import static java.nio.charset.StandardCharsets.UTF_8;

import candlestack.analytics.compute.stream.KeyState;
import candlestack.analytics.compute.stream.Point;
import candlestack.analytics.compute.stream.StreamOutput;
import candlestack.analytics.compute.stream.StreamRecord;
import candlestack.analytics.compute.users.Pseudonyms;
import candlestack.analytics.compute.users.UsersRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** What the real rules make of profiles, as the stores get it from Kafka. */
final class RefinedRecords implements StreamOutput {
    private static final Instant START = Instant.parse("2026-03-02T12:00:00Z");
    private static final UsersRules RULES = new UsersRules(18, new Pseudonyms("0123456789abcdef0123456789abcdef"));

    private final Map<String, KeyState> users = new HashMap<>();
    private final Map<String, KeyState> tallies = new HashMap<>();
    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    private int events;

    /** A profile, a second after the last event. */
    List<ConsumerRecord<byte[], byte[]>> profile(String id, String country, String born, String domain) {
        String json = """
                {"gender":"female","name":{"title":"Ms","first":"Ada","last":"Park"},"location":{"street":{"number":7,\
                "name":"High St"},"city":"Oslo","country":"%s","postcode":1234},"email":"ada.park@%s","login":{"uuid":\
                "%s","username":"ada","password":"x"},"dob":{"date":"%sT00:00:00.000Z","age":1},"registered":{"date":\
                "2010-01-02T03:04:05.678Z"},"phone":"555-1","nat":"NO","tags":[1,2.5,true,null]}""".formatted(country, domain, id, born);
        return event(id, Optional.of(json));
    }

    /** An erasure, a second after the last event. */
    List<ConsumerRecord<byte[], byte[]>> erasure(String id) {
        return event(id, Optional.empty());
    }

    private List<ConsumerRecord<byte[], byte[]>> event(String id, Optional<String> json) {
        records.clear();
        events++;
        byte[] value = json.map(text -> text.getBytes(UTF_8)).orElse(null);
        accept(users.computeIfAbsent(id, RULES::newState), "users.profiles", id, value);
        return List.copyOf(records);
    }

    private void accept(KeyState state, String topic, String key, byte[] value) {
        byte[] eventId = ("s#" + events).getBytes(UTF_8);
        state.accept(new StreamRecord(topic, key, value, stamp(), eventId, "users"), this);
        state.writeOut(this);
    }

    private long stamp() {
        return START.plusSeconds(events).toEpochMilli();
    }

    @Override
    public void record(String topic, String key, byte[] value, String eventId) {
        records.add(new ConsumerRecord<>(
                topic,
                0,
                events,
                stamp(),
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                key.getBytes(UTF_8),
                value,
                new RecordHeaders(),
                Optional.empty()));
    }

    @Override
    public void tombstone(String topic, String key, String eventId) {
        record(topic, key, null, eventId);
    }

    @Override
    public void forward(String key, byte[] row) {
        KeyState tally = tallies.computeIfAbsent(key, RULES.secondStage().orElseThrow()::newState);
        accept(tally, "", key, row);
    }

    @Override
    public void point(Point point) {
        // Another store's.
    }

    @Override
    public void deadLetter(StreamRecord record, String reason) {
        throw new AssertionError(reason);
    }
}
