package candlestack.analytics.compute.devices;

import candlestack.analytics.compute.stream.KeyState;
import candlestack.analytics.compute.stream.SecondStage;

/** Readings, grouped by their device. */
final class DeviceStage implements SecondStage {
    private static final long serialVersionUID = 1;

    @Override
    public KeyState newState(String key) {
        return new DeviceState();
    }

    @Override
    public KeyState readState(String key, byte[] bytes) {
        return DeviceState.read(bytes);
    }
}
