package candlestack.analytics.compute.devices;

import candlestack.analytics.compute.state.StateInput;
import candlestack.analytics.compute.state.StateOutput;
import candlestack.analytics.compute.stream.KeyState;
import candlestack.analytics.compute.stream.StreamOutput;
import candlestack.analytics.compute.stream.StreamRecord;
import java.util.Optional;

/** The newest reading of a device by event time, sent when a turn has changed it. */
final class DeviceState implements KeyState {
    private static final String LATEST = "devices.latest";

    private final RowJson json = new RowJson();
    private Optional<Reading> newest = Optional.empty();
    private boolean changed;

    @Override
    public void accept(StreamRecord row, StreamOutput output) {
        Reading reading = Reading.read(new StateInput(row.bytes()));
        if (newest.isEmpty() || Reading.BY_AGE.compare(reading, newest.get()) > 0) {
            newest = Optional.of(reading);
            changed = true;
        }
    }

    @Override
    public void writeOut(StreamOutput output) {
        if (changed) {
            Reading latest = newest.orElseThrow();
            output.record(LATEST, latest.device(), json.reading(latest), latest.device() + "/" + latest.id());
            changed = false;
        }
    }

    @Override
    public boolean isEmpty() {
        return newest.isEmpty();
    }

    @Override
    public void write(StateOutput output) {
        newest.orElseThrow().write(output);
    }

    static DeviceState read(byte[] bytes) {
        DeviceState state = new DeviceState();
        state.newest = Optional.of(Reading.read(new StateInput(bytes)));
        return state;
    }
}
