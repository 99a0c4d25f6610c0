package candlestack.analytics.compute.devices;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.compute.stream.EventTimeRules;
import candlestack.analytics.compute.stream.KeyState;
import candlestack.analytics.compute.stream.SecondStage;
import candlestack.analytics.compute.stream.StreamRecord;
import candlestack.analytics.compute.stream.StreamRules;
import java.util.List;
import java.util.Optional;

/**
 * {@code devices.events} to flat rows, refused rows, points and the last state of each device. Events are judged by
 * the partition they came in, where an event's repetition comes after it; the states by device.
 *
 * <p>No reading is late: nothing is closed that it could change. One from long ago becomes a row and a point at its own
 * time, and leaves a newer state alone.
 */
public final class DevicesRules implements StreamRules {
    private static final long serialVersionUID = 1;

    private final EventTimeRules times;

    public DevicesRules(EventTimeRules times) {
        this.times = requireNonNull(times, "times is null");
    }

    @Override
    public String name() {
        return "devices";
    }

    @Override
    public List<String> topics() {
        return List.of("devices.events");
    }

    @Override
    public int stateVersion() {
        return 1;
    }

    @Override
    public String keyOf(StreamRecord record) {
        return Integer.toString(record.partition());
    }

    @Override
    public KeyState newState(String key) {
        return new PartitionState(times, key);
    }

    @Override
    public KeyState readState(String key, byte[] bytes) {
        return PartitionState.read(times, key, bytes);
    }

    @Override
    public Optional<SecondStage> secondStage() {
        return Optional.of(new DeviceStage());
    }
}
