package candlestack.ingest.sources.devices;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/** What a customer's devices say at one time. Empty is a null in the event. */
record Report(Optional<String> customer, List<Reading> readings) {
    /** @param tenths of a degree Celsius */
    record Reading(Optional<String> device, int tenths, Optional<String> status) {
        Reading {
            requireNonNull(device, "device is null");
            requireNonNull(status, "status is null");
        }
    }

    Report {
        requireNonNull(customer, "customer is null");
        readings = List.copyOf(readings);
    }
}
