package candlestack.analytics.compute.devices;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A device event as it came.
 *
 * @param timeNanos nanoseconds since 1970, empty where there is no readable time
 * @param problems what is wrong with the event as a whole
 */
record DeviceEvent(
        Optional<String> eventId,
        OptionalLong offset,
        Optional<String> publisher,
        Optional<String> customer,
        OptionalLong timeNanos,
        List<Item> items,
        List<String> problems) {
    DeviceEvent {
        requireNonNull(eventId, "eventId is null");
        requireNonNull(offset, "offset is null");
        requireNonNull(publisher, "publisher is null");
        requireNonNull(customer, "customer is null");
        requireNonNull(timeNanos, "timeNanos is null");
        items = List.copyOf(items);
        problems = List.copyOf(problems);
    }
}
