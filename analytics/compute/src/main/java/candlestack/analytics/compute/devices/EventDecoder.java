package candlestack.analytics.compute.devices;

import candlestack.analytics.compute.json.IsoTime;
import candlestack.analytics.compute.json.JsonException;
import candlestack.analytics.compute.json.JsonScanner;
import candlestack.analytics.compute.json.JsonScanner.Kind;
import candlestack.analytics.compute.json.Texts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the JSON of {@code devices.events}, as much of it as can be read, and says what is wrong with the rest. Fields
 * it does not know are passed over; of a field that comes twice the last one counts. For one thread.
 */
final class EventDecoder {
    /** Each may become a row of hundreds of bytes, and takes two in the event. */
    private static final int MOST_DEVICES = 10_000;

    private static final byte[] EVENT_ID = name("eventId");
    private static final byte[] OFFSET = name("eventOffset");
    private static final byte[] PUBLISHER = name("eventPublisher");
    private static final byte[] CUSTOMER = name("customerId");
    private static final byte[] TIME = name("eventTime");
    private static final byte[] DATA = name("data");
    private static final byte[] DEVICES = name("devices");

    private final JsonScanner scanner = new JsonScanner();
    private final FieldReader fields = new FieldReader(scanner);
    private final ItemDecoder itemDecoder = new ItemDecoder(scanner, fields);
    private final List<String> problems = new ArrayList<>();
    private final List<Item> items = new ArrayList<>();
    private Optional<String> eventId = Optional.empty();
    private OptionalLong offset = OptionalLong.empty();
    private Optional<String> publisher = Optional.empty();
    private Optional<String> customer = Optional.empty();
    private Optional<String> time = Optional.empty();

    /** @param value the record's value, empty for a record without one */
    DeviceEvent decode(byte[] value) {
        forget();
        if (value.length == 0) {
            problems.add("Cannot read the event: the record is empty");
            return event(OptionalLong.empty());
        }
        try {
            scanner.open(value);
            while (scanner.nextField()) {
                readField();
            }
        } catch (JsonException e) {
            problems.clear();
            problems.add(e.getMessage());
            return event(time.map(IsoTime::parse).orElse(OptionalLong.empty()));
        }
        return judged();
    }

    private void forget() {
        problems.clear();
        items.clear();
        eventId = Optional.empty();
        offset = OptionalLong.empty();
        publisher = Optional.empty();
        customer = Optional.empty();
        time = Optional.empty();
    }

    private void readField() {
        if (scanner.nameIs(EVENT_ID)) {
            eventId = fields.text("eventId", problems);
        } else if (scanner.nameIs(OFFSET)) {
            offset = fields.wholeNumber("eventOffset", problems);
        } else if (scanner.nameIs(PUBLISHER)) {
            publisher = fields.text("eventPublisher", problems);
        } else if (scanner.nameIs(CUSTOMER)) {
            customer = fields.text("customerId", problems);
        } else if (scanner.nameIs(TIME)) {
            time = fields.text("eventTime", problems);
        } else if (scanner.nameIs(DATA)) {
            readData();
        } else {
            scanner.skip();
        }
    }

    private void readData() {
        items.clear();
        if (!fields.is(Kind.OBJECT, "an object", "data", problems)) {
            return;
        }
        scanner.enterObject("data");
        while (scanner.nextField()) {
            if (scanner.nameIs(DEVICES)) {
                readDevices();
            } else {
                scanner.skip();
            }
        }
    }

    private void readDevices() {
        items.clear();
        if (!fields.is(Kind.ARRAY, "an array", "data.devices", problems)) {
            return;
        }
        scanner.enterArray("data.devices");
        int count = 0;
        while (scanner.nextElement()) {
            if (++count <= MOST_DEVICES) {
                items.add(itemDecoder.decode());
            } else {
                scanner.skip();
            }
        }
        if (count > MOST_DEVICES) {
            items.clear();
            problems.add("Invalid data.devices: " + count + ", expected at most " + MOST_DEVICES);
        }
    }

    private DeviceEvent judged() {
        boolean readable = problems.isEmpty();
        if (readable && eventId.isEmpty()) {
            problems.add("Missing eventId: it is what duplicates are told by");
        }
        if (readable && customer.isEmpty()) {
            problems.add("Missing customerId: an event names its customer");
        }
        if (readable && items.isEmpty()) {
            problems.add("Empty data.devices: an event reports at least one device");
        }
        OptionalLong nanos = time.map(IsoTime::parse).orElse(OptionalLong.empty());
        if (time.isPresent() && nanos.isEmpty()) {
            problems.add("Invalid eventTime: '" + Texts.shortened(time.get())
                    + "', expected ISO-8601 in UTC such as 2026-01-31T09:30:00.000Z");
        } else if (readable && time.isEmpty()) {
            problems.add("Missing eventTime: an event carries its time");
        }
        return event(nanos);
    }

    private DeviceEvent event(OptionalLong nanos) {
        return new DeviceEvent(eventId, offset, publisher, customer, nanos, items, problems);
    }

    private static byte[] name(String field) {
        return field.getBytes(StandardCharsets.UTF_8);
    }
}
