package candlestack.analytics.compute.devices;

import candlestack.analytics.compute.json.JsonWriter;
import java.util.concurrent.TimeUnit;

/** The values of {@code devices.readings}, {@code devices.latest} and {@code devices.errors}. For one thread. */
final class RowJson {
    private final JsonWriter writer = new JsonWriter();

    /** In the flat order; what is absent is left out. */
    byte[] reading(Reading reading) {
        writer.begin().text("customerId", reading.customer()).text("eventId", reading.eventId());
        reading.offset().ifPresent(offset -> writer.number("eventOffset", offset));
        reading.publisher().ifPresent(publisher -> writer.text("eventPublisher", publisher));
        writer.time("eventTime", reading.timeNanos()).text("deviceId", reading.device());
        reading.measure().ifPresent(measure -> writer.text("measure", measure));
        return writer.text("status", reading.status())
                .number("temperature", reading.temperature())
                .end();
    }

    /**
     * A row that is refused, as it came but for texts that are too long.
     *
     * @param eventId the event's, or what else names it
     * @param item the device's place in the event, -1 where the event itself is refused
     * @param stampMillis when the broker had appended the event
     */
    byte[] error(DeviceEvent event, String eventId, Item item, int place, String reason, long stampMillis) {
        writer.begin();
        event.customer().ifPresent(customer -> writer.text("customerId", customer));
        writer.text("eventId", eventId);
        event.offset().ifPresent(offset -> writer.number("eventOffset", offset));
        event.publisher().ifPresent(publisher -> writer.text("eventPublisher", publisher));
        event.timeNanos().ifPresent(time -> writer.time("eventTime", time));
        item.device().ifPresent(device -> writer.text("deviceId", device));
        item.measure().ifPresent(measure -> writer.text("measure", measure));
        item.status().ifPresent(status -> writer.text("status", status));
        item.temperature().ifPresent(temperature -> writer.number("temperature", temperature));
        return writer.number("item", place)
                .text("reason", reason)
                .time("received", TimeUnit.MILLISECONDS.toNanos(stampMillis))
                .end();
    }
}
