package candlestack.analytics.sinks.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A row that was refused, as it came, from {@code devices.errors}.
 *
 * @param temperature NaN where there is none
 * @param received when the broker had the event
 */
public record DeviceError(
        Key key,
        Optional<String> customer,
        OptionalLong offset,
        Optional<String> publisher,
        Optional<Instant> time,
        Optional<String> device,
        Optional<String> measure,
        Optional<String> status,
        double temperature,
        String reason,
        Instant received) {
    /**
     * What an error is told by.
     *
     * @param item the device's place in the event, -1 where the event itself is refused
     */
    public record Key(String eventId, long item) {
        public Key {
            requireNonNull(eventId, "eventId is null");
        }
    }

    public DeviceError {
        requireNonNull(key, "key is null");
        requireNonNull(customer, "customer is null");
        requireNonNull(offset, "offset is null");
        requireNonNull(publisher, "publisher is null");
        requireNonNull(time, "time is null");
        requireNonNull(device, "device is null");
        requireNonNull(measure, "measure is null");
        requireNonNull(status, "status is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(received, "received is null");
    }

    public static DeviceError decode(byte[] value) throws MalformedRecordException {
        JsonNode object = Json.object(value);
        OptionalLong item = Json.optionalWholeNumber(object, "item");
        return new DeviceError(
                new Key(
                        Json.text(object, "eventId"),
                        item.orElseThrow(() -> new MalformedRecordException("Missing item"))),
                Json.optionalText(object, "customerId"),
                Json.optionalWholeNumber(object, "eventOffset"),
                Json.optionalText(object, "eventPublisher"),
                object.hasNonNull("eventTime") ? Optional.of(Json.time(object, "eventTime")) : Optional.empty(),
                Json.optionalText(object, "deviceId"),
                Json.optionalText(object, "measure"),
                Json.optionalText(object, "status"),
                Json.optionalNumber(object, "temperature"),
                Json.text(object, "reason"),
                Json.time(object, "received"));
    }
}
