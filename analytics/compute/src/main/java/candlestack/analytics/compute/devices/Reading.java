package candlestack.analytics.compute.devices;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.compute.state.StateInput;
import candlestack.analytics.compute.state.StateOutput;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A flat row: what an event says of one device.
 *
 * @param item the device's place in the event, from 0
 * @param timeNanos the event's time, nanoseconds since 1970
 * @param temperature in degrees Celsius
 */
record Reading(
        String customer,
        String eventId,
        int item,
        OptionalLong offset,
        Optional<String> publisher,
        long timeNanos,
        String device,
        Optional<String> measure,
        String status,
        double temperature) {
    private static final String ERROR = "ERROR";

    /** Which of two readings of a device is its state: a total order, so that the order of arrival makes no difference. */
    static final Comparator<Reading> BY_AGE = Comparator.comparingLong(Reading::timeNanos)
            .thenComparingLong(reading -> reading.offset().orElse(Long.MIN_VALUE))
            .thenComparing(Reading::eventId)
            .thenComparingInt(Reading::item);

    Reading {
        requireNonNull(customer, "customer is null");
        requireNonNull(eventId, "eventId is null");
        requireNonNull(offset, "offset is null");
        requireNonNull(publisher, "publisher is null");
        requireNonNull(device, "device is null");
        requireNonNull(measure, "measure is null");
        requireNonNull(status, "status is null");
    }

    /** Names the row. */
    String id() {
        return eventId + "/" + item;
    }

    /** 1 if the device reports an error, else 0: the mean of it is the rate of errors. */
    double errors() {
        return status.equals(ERROR) ? 1 : 0;
    }

    byte[] toBytes() {
        StateOutput output = new StateOutput();
        write(output);
        return output.toBytes();
    }

    void write(StateOutput output) {
        output.text(customer);
        output.text(eventId);
        output.unsigned(item);
        output.octet(offset.isPresent() ? 1 : 0);
        output.signed(offset.orElse(0));
        output.text(publisher.orElse(""));
        output.fixed(timeNanos);
        output.text(device);
        output.text(measure.orElse(""));
        output.text(status);
        output.real(temperature);
    }

    static Reading read(StateInput input) {
        String customer = input.text();
        String eventId = input.text();
        int item = (int) input.unsigned();
        boolean hasOffset = input.octet() == 1;
        long offset = input.signed();
        return new Reading(
                customer,
                eventId,
                item,
                hasOffset ? OptionalLong.of(offset) : OptionalLong.empty(),
                present(input.text()),
                input.fixed(),
                input.text(),
                present(input.text()),
                input.text(),
                input.real());
    }

    private static Optional<String> present(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
