package candlestack.analytics.compute.devices;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What an event says of one device, as it came.
 *
 * @param problems what is wrong with it, each with the field, its value and what is expected
 */
record Item(
        Optional<String> device,
        Optional<String> measure,
        Optional<String> status,
        OptionalDouble temperature,
        List<String> problems) {
    /** Of an event that is refused as a whole. */
    static final Item NONE =
            new Item(Optional.empty(), Optional.empty(), Optional.empty(), OptionalDouble.empty(), List.of());

    Item {
        requireNonNull(device, "device is null");
        requireNonNull(measure, "measure is null");
        requireNonNull(status, "status is null");
        requireNonNull(temperature, "temperature is null");
        problems = List.copyOf(problems);
    }
}
