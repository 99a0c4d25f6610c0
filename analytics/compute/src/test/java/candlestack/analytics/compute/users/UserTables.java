package candlestack.analytics.compute.users;

import static java.nio.charset.StandardCharsets.UTF_8;

import candlestack.analytics.compute.state.StateOutput;
import candlestack.analytics.compute.stream.KeyState;
import candlestack.analytics.compute.stream.Point;
import candlestack.analytics.compute.stream.SecondStage;
import candlestack.analytics.compute.stream.StreamOutput;
import candlestack.analytics.compute.stream.StreamRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Runs the rules as the job does, every state through its bytes, and keeps the last version of all that they say. */
final class UserTables {
    final SortedMap<String, String> refined = new TreeMap<>();
    final SortedMap<String, String> tallies = new TreeMap<>();
    /** By series and second. */
    final SortedMap<String, String> points = new TreeMap<>();
    /** Reason, a space, and what was refused. */
    final List<String> deadLetters = new ArrayList<>();

    private final UsersRules rules;
    private final SecondStage stage;
    private final Map<String, byte[]> users = new HashMap<>();
    private final Map<String, byte[]> counts = new HashMap<>();

    UserTables(UsersRules rules) {
        this.rules = rules;
        this.stage = rules.secondStage().orElseThrow();
    }

    /** One micro-batch. */
    void turn(List<StreamRecord> records) {
        Map<String, List<StreamRecord>> rows = new LinkedHashMap<>();
        Map<String, List<StreamRecord>> byKey = new LinkedHashMap<>();
        records.forEach(record -> byKey.computeIfAbsent(rules.keyOf(record), key -> new ArrayList<>())
                .add(record));
        byKey.forEach((key, some) -> turn(key, some, users, rules::newState, rules::readState, rows));
        rows.forEach((key, some) -> turn(key, some, counts, stage::newState, stage::readState, Map.of()));
    }

    /** How many states are kept of users. */
    int keptUsers() {
        return users.size();
    }

    private void turn(
            String key,
            List<StreamRecord> records,
            Map<String, byte[]> states,
            Function<String, KeyState> newState,
            BiFunction<String, byte[], KeyState> readState,
            Map<String, List<StreamRecord>> rows) {
        KeyState state = states.containsKey(key) ? readState.apply(key, states.get(key)) : newState.apply(key);
        records.forEach(record -> state.accept(record, new Output(record, rows)));
        state.writeOut(new Output(records.get(records.size() - 1), rows));
        states.remove(key);
        if (!state.isEmpty()) {
            StateOutput output = new StateOutput();
            state.write(output);
            states.put(key, output.toBytes());
        }
    }

    private final class Output implements StreamOutput {
        private final StreamRecord cause;
        private final Map<String, List<StreamRecord>> rows;

        Output(StreamRecord cause, Map<String, List<StreamRecord>> rows) {
            this.cause = cause;
            this.rows = rows;
        }

        @Override
        public void record(String topic, String key, byte[] value, String eventId) {
            table(topic).put(key, new String(value, UTF_8));
        }

        @Override
        public void tombstone(String topic, String key, String eventId) {
            table(topic).remove(key);
        }

        private Map<String, String> table(String topic) {
            return topic.equals(UsersRules.REFINED) ? refined : tallies;
        }

        @Override
        public void point(Point point) {
            points.put(
                    point.series() + "@" + point.timeNanos() / 1_000_000_000,
                    point.fields().toString());
        }

        @Override
        public void deadLetter(StreamRecord record, String reason) {
            deadLetters.add(reason + " " + new String(record.bytes(), UTF_8));
        }

        @Override
        public void forward(String key, byte[] row) {
            byte[] id = cause.eventIdText().getBytes(UTF_8);
            rows.computeIfAbsent(key, ignored -> new ArrayList<>())
                    .add(new StreamRecord("", key, row, cause.stampMillis(), id, cause.topic()));
        }
    }
}
