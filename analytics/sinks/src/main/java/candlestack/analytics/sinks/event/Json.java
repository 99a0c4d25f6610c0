package candlestack.analytics.sinks.event;

import candlestack.config.LetterContent;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;

/** The fields of a record's JSON object, with the complaints of this package. */
final class Json {
    /** Of a text that is stored as a key, in characters. */
    static final int LONGEST_KEY = 128;

    /** Of one that is longer, in a message. */
    private static final int SHOWN = 40;

    private static final JsonMapper MAPPER = new JsonMapper();

    private Json() {}

    static JsonNode object(byte[] value) throws MalformedRecordException {
        if (value == null) {
            throw new MalformedRecordException("the record is empty");
        }
        try {
            JsonNode node = MAPPER.readTree(value);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (JacksonException e) {
            throw new MalformedRecordException("it is no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new MalformedRecordException("it is no JSON: " + e.getMessage(), e);
        }
        throw new MalformedRecordException("expected a JSON object");
    }

    static String text(JsonNode object, String field) throws MalformedRecordException {
        return optionalText(object, field).orElseThrow(() -> new MalformedRecordException("Missing " + field));
    }

    /** Empty where the field is absent, null or blank. */
    static Optional<String> optionalText(JsonNode object, String field) throws MalformedRecordException {
        JsonNode node = object.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (node.getNodeType() != JsonNodeType.STRING) {
            throw new MalformedRecordException("Invalid " + field + ": " + node + ", expected a text");
        }
        return Optional.of(node.textValue()).filter(text -> !text.isBlank());
    }

    /** A text that is stored as a key, by the rule of analytics. */
    static String key(String field, Optional<String> value) throws MalformedRecordException {
        String text = value.orElseThrow(() -> new MalformedRecordException("Missing " + field));
        if (text.length() > LONGEST_KEY || text.chars().anyMatch(Character::isISOControl)) {
            throw new MalformedRecordException("Invalid " + field + ": '" + LetterContent.shortened(text, SHOWN)
                    + "', expected 1 to " + LONGEST_KEY + " printable characters");
        }
        return text;
    }

    static double number(JsonNode object, String field) throws MalformedRecordException {
        double value = optionalNumber(object, field);
        if (Double.isNaN(value)) {
            throw new MalformedRecordException("Missing " + field);
        }
        return value;
    }

    /** NaN where the field is absent or null. */
    static double optionalNumber(JsonNode object, String field) throws MalformedRecordException {
        JsonNode node = object.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return Double.NaN;
        }
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            throw new MalformedRecordException("Invalid " + field + ": " + node + ", expected a number");
        }
        return node.doubleValue();
    }

    /** Empty where the field is absent or null. */
    static OptionalLong optionalWholeNumber(JsonNode object, String field) throws MalformedRecordException {
        JsonNode node = object.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return OptionalLong.empty();
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw new MalformedRecordException("Invalid " + field + ": " + node + ", expected a whole number");
        }
        return OptionalLong.of(node.longValue());
    }

    static Instant time(JsonNode object, String field) throws MalformedRecordException {
        String text = text(object, field);
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new MalformedRecordException("Invalid " + field + ": '" + text + "', expected ISO-8601", e);
        }
    }
}
