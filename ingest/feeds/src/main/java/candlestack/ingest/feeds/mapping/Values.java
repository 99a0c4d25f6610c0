package candlestack.ingest.feeds.mapping;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Optional;

/** Reads single values of an item. */
final class Values {
    /** More than any double or price has; it also keeps the conversion cheap. */
    private static final int MOST_NUMBER_CHARACTERS = 100;

    private static final int MOST_SHOWN = 40;

    private Values() {}

    /** A number, or a text that is one; empty where there is none. */
    static Optional<BigDecimal> number(JsonNode json, JsonPointer path) throws MappingException {
        JsonNode node = json.at(path);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (node.isNumber()) {
            return Optional.of(finite(node.decimalValue(), path));
        }
        if (!node.isTextual()) {
            throw new MappingException("the value at " + path + " is " + kind(node) + ", expected a number");
        }
        String text = node.textValue().strip();
        try {
            if (text.length() > MOST_NUMBER_CHARACTERS) {
                throw new NumberFormatException();
            }
            return Optional.of(finite(new BigDecimal(text), path));
        } catch (NumberFormatException e) {
            throw new MappingException("'" + shortened(text) + "' at " + path + " is no number");
        }
    }

    /** A text, a number or a truth value as text; empty where there is none. */
    static Optional<String> text(Item item, Place place) throws MappingException {
        if (place instanceof Place.Constant constant) {
            return Optional.of(constant.text());
        }
        if (place instanceof Place.Attribute attribute) {
            return Optional.ofNullable(item.attributes().get(attribute.name())).filter(text -> !text.isBlank());
        }
        JsonPointer path = ((Place.Pointer) place).path();
        JsonNode node = item.json().at(path);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (node.isContainerNode()) {
            throw new MappingException("the value at " + path + " is " + kind(node) + ", expected a text");
        }
        return Optional.of(node.asText().strip()).filter(text -> !text.isEmpty());
    }

    private static BigDecimal finite(BigDecimal number, JsonPointer path) throws MappingException {
        if (!Double.isFinite(number.doubleValue())) {
            throw new MappingException("the number at " + path + " is too large");
        }
        return number;
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            case BOOLEAN -> node.asText();
            default -> "no plain value";
        };
    }

    private static String shortened(String text) {
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
    }
}
