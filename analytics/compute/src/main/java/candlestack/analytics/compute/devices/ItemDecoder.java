package candlestack.analytics.compute.devices;

import candlestack.analytics.compute.json.JsonScanner;
import candlestack.analytics.compute.json.JsonScanner.Kind;
import candlestack.analytics.compute.json.Texts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads one element of {@code data.devices}. For one thread. */
final class ItemDecoder {
    /** The only unit in which temperatures of several devices can be put side by side. */
    private static final String CELSIUS = "C";

    private static final byte[] DEVICE = name("deviceId");
    private static final byte[] TEMPERATURE = name("temperature");
    private static final byte[] MEASURE = name("measure");
    private static final byte[] STATUS = name("status");

    private final JsonScanner scanner;
    private final FieldReader fields;
    private Optional<String> device = Optional.empty();
    private Optional<String> measure = Optional.empty();
    private Optional<String> status = Optional.empty();
    private OptionalDouble temperature = OptionalDouble.empty();

    ItemDecoder(JsonScanner scanner, FieldReader fields) {
        this.scanner = scanner;
        this.fields = fields;
    }

    Item decode() {
        forget();
        List<String> problems = new ArrayList<>();
        if (fields.is(Kind.OBJECT, "an object", "device", problems)) {
            scanner.enterObject("device");
            while (scanner.nextField()) {
                readField(problems);
            }
        }
        if (problems.isEmpty()) {
            judge(problems);
        }
        return new Item(device, measure, status, temperature, problems);
    }

    private void forget() {
        device = Optional.empty();
        measure = Optional.empty();
        status = Optional.empty();
        temperature = OptionalDouble.empty();
    }

    private void readField(List<String> problems) {
        if (scanner.nameIs(DEVICE)) {
            device = fields.text("deviceId", problems);
        } else if (scanner.nameIs(TEMPERATURE)) {
            temperature = fields.number("temperature", problems);
        } else if (scanner.nameIs(MEASURE)) {
            measure = fields.text("measure", problems);
        } else if (scanner.nameIs(STATUS)) {
            status = fields.text("status", problems);
        } else {
            scanner.skip();
        }
    }

    private void judge(List<String> problems) {
        if (device.isEmpty()) {
            problems.add("Missing deviceId: a reading names its device");
        }
        if (status.isEmpty()) {
            problems.add("Missing status: a reading says SUCCESS, ERROR or STANDBY");
        }
        if (temperature.isEmpty()) {
            problems.add("Missing temperature: a reading has a number of degrees");
        }
        if (measure.isPresent() && !measure.get().equals(CELSIUS)) {
            problems.add("Invalid measure: '" + Texts.shortened(measure.get()) + "', expected C");
        }
    }

    private static byte[] name(String field) {
        return field.getBytes(StandardCharsets.UTF_8);
    }
}
