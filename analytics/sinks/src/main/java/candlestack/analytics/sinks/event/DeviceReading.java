package candlestack.analytics.sinks.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** A flat row of a device event, from {@code devices.readings} and {@code devices.latest}. */
public record DeviceReading(
        String customer,
        String eventId,
        OptionalLong offset,
        Optional<String> publisher,
        Instant time,
        String device,
        Optional<String> measure,
        String status,
        double temperature) {
    public DeviceReading {
        requireNonNull(customer, "customer is null");
        requireNonNull(eventId, "eventId is null");
        requireNonNull(offset, "offset is null");
        requireNonNull(publisher, "publisher is null");
        requireNonNull(time, "time is null");
        requireNonNull(device, "device is null");
        requireNonNull(measure, "measure is null");
        requireNonNull(status, "status is null");
    }

    public static DeviceReading decode(byte[] value) throws MalformedRecordException {
        JsonNode object = Json.object(value);
        return new DeviceReading(
                Json.text(object, "customerId"),
                Json.text(object, "eventId"),
                Json.optionalWholeNumber(object, "eventOffset"),
                Json.optionalText(object, "eventPublisher"),
                Json.time(object, "eventTime"),
                Json.text(object, "deviceId"),
                Json.optionalText(object, "measure"),
                Json.text(object, "status"),
                Json.number(object, "temperature"));
    }
}
