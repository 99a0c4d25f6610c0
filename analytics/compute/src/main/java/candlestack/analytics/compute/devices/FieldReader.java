package candlestack.analytics.compute.devices;

import candlestack.analytics.compute.json.JsonException;
import candlestack.analytics.compute.json.JsonScanner;
import candlestack.analytics.compute.json.JsonScanner.Kind;
import candlestack.analytics.compute.json.Texts;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Reads values that may be of the wrong kind: that is a problem of the value, which is said, and not of the whole
 * event. What is no JSON at all is a {@link JsonException}. Null and blank are absent.
 */
final class FieldReader {
    /** In characters, as a whole number may be written. */
    private static final int LONGEST_NUMBER = 40;

    private final JsonScanner scanner;

    FieldReader(JsonScanner scanner) {
        this.scanner = scanner;
    }

    /** What is too long is a problem, and still told from others: of megabytes no row that is refused has place. */
    Optional<String> text(String field, List<String> problems) {
        if (scanner.readNull()) {
            return Optional.empty();
        }
        if (scanner.kind() != Kind.TEXT) {
            problems.add("Invalid " + field + ": " + shown(scanner.raw()) + ", expected a string");
            return Optional.empty();
        }
        String text = scanner.text(field);
        if (!Texts.isShortAndPrintable(text)) {
            problems.add(Texts.invalidName(field, text));
        }
        return text.isBlank() ? Optional.empty() : Optional.of(Texts.distinct(text));
    }

    OptionalDouble number(String field, List<String> problems) {
        if (scanner.readNull()) {
            return OptionalDouble.empty();
        }
        boolean isNumber = scanner.kind() == Kind.NUMBER;
        byte[] raw = scanner.raw();
        if (isNumber) {
            double number = Double.parseDouble(new String(raw, StandardCharsets.US_ASCII));
            if (Double.isFinite(number)) {
                return OptionalDouble.of(number);
            }
        }
        problems.add("Invalid " + field + ": " + shown(raw) + ", expected a number");
        return OptionalDouble.empty();
    }

    OptionalLong wholeNumber(String field, List<String> problems) {
        if (scanner.readNull()) {
            return OptionalLong.empty();
        }
        boolean isNumber = scanner.kind() == Kind.NUMBER;
        byte[] raw = scanner.raw();
        if (isNumber && raw.length <= LONGEST_NUMBER) {
            try {
                return OptionalLong.of(new BigDecimal(new String(raw, StandardCharsets.US_ASCII)).longValueExact());
            } catch (ArithmeticException | NumberFormatException e) {
                // Said below, as anything else that is no whole number; an exponent may be one that no BigDecimal has.
            }
        }
        problems.add("Invalid " + field + ": " + shown(raw) + ", expected a whole number");
        return OptionalLong.empty();
    }

    /** Whether the value is of the kind; if not it was passed over and said, or is null and was read. */
    boolean is(Kind kind, String expected, String field, List<String> problems) {
        if (scanner.readNull()) {
            return false;
        }
        if (scanner.kind() == kind) {
            return true;
        }
        problems.add("Invalid " + field + ": " + shown(scanner.raw()) + ", expected " + expected);
        return false;
    }

    private static String shown(byte[] raw) {
        return Texts.shortened(new String(raw, StandardCharsets.UTF_8));
    }
}
