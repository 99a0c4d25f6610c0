package candlestack.analytics.compute.users;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import candlestack.analytics.compute.json.JsonWriter;
import candlestack.analytics.compute.state.StateInput;
import candlestack.analytics.compute.state.StateOutput;
import candlestack.analytics.compute.stream.KeyState;
import candlestack.analytics.compute.stream.Point;
import candlestack.analytics.compute.stream.StreamOutput;
import candlestack.analytics.compute.stream.StreamRecord;
import java.util.Map;

/**
 * How many users belong to a group. Its point is that of the second: the last version is how the second ended, wherever
 * turns begin and end.
 */
final class TallyState implements KeyState {
    private static final String BUCKET = "users";
    private static final int VERSION = 1;

    private final String key;
    private final Dimension dimension;
    private final String group;
    private long users;
    private long years;
    /** Of the last change, seconds since 1970. */
    private long second;

    private boolean changed;

    TallyState(String key) {
        this.key = requireNonNull(key, "key is null");
        this.dimension = Dimension.ofKey(key);
        this.group = dimension.groupOf(key);
    }

    @Override
    public void accept(StreamRecord record, StreamOutput output) {
        long now = Math.max(second, MILLISECONDS.toSeconds(record.stampMillis()));
        if (changed && now > second) {
            point(output);
        }
        TallyChange change = TallyChange.read(record.bytes());
        users += change.users();
        years += change.years();
        second = now;
        changed = true;
    }

    @Override
    public void writeOut(StreamOutput output) {
        if (!changed) {
            return;
        }
        changed = false;
        point(output);
        if (users == 0) {
            output.tombstone(UsersRules.TALLIES, key, key);
        } else {
            output.record(UsersRules.TALLIES, key, json(), key);
        }
    }

    private void point(StreamOutput output) {
        long nanos = SECONDS.toNanos(second);
        if (dimension == Dimension.NATIONALITY) {
            Map<String, Double> fields = Map.of("count", (double) users, "mean_age", meanAge());
            output.point(new Point(BUCKET, "users", nanos, Map.of("nationality", group), fields));
        } else if (dimension == Dimension.FILTERED) {
            Map<String, Double> fields = Map.of("count", (double) users);
            output.point(new Point(BUCKET, "filtered", nanos, Map.of("reason", group), fields));
        }
    }

    private byte[] json() {
        JsonWriter json = new JsonWriter()
                .begin()
                .text("dimension", dimension.written())
                .text("group", group)
                .number("count", users);
        if (dimension.hasMeanAge()) {
            json.number("mean_age", meanAge());
        }
        return json.time("time", SECONDS.toNanos(second)).end();
    }

    private double meanAge() {
        return users == 0 ? 0 : (double) years / users;
    }

    @Override
    public boolean isEmpty() {
        return users == 0 && years == 0;
    }

    @Override
    public void write(StateOutput output) {
        output.octet(VERSION);
        output.signed(users);
        output.signed(years);
        output.unsigned(second);
    }

    static TallyState read(String key, byte[] bytes) {
        StateInput input = new StateInput(bytes);
        int version = input.octet();
        if (version != VERSION) {
            throw new IllegalStateException("Cannot read a tally: version " + version + ", expected " + VERSION);
        }
        TallyState state = new TallyState(key);
        state.users = input.signed();
        state.years = input.signed();
        state.second = input.unsigned();
        return state;
    }
}
