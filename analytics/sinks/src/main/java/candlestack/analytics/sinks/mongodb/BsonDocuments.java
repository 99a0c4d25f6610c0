package candlestack.analytics.sinks.mongodb;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.Document;

/** JSON to the documents of the driver, value by value: its own parser takes some field names for commands. */
final class BsonDocuments {
    private BsonDocuments() {}

    static Document of(JsonNode object) {
        Document document = new Document();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            document.append(field.getKey(), value(field.getValue()));
        }
        return document;
    }

    private static Object value(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> of(node);
            case ARRAY -> values(node);
            case STRING -> node.textValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> number(node);
            default -> null;
        };
    }

    private static Object number(JsonNode node) {
        if (!node.canConvertToExactIntegral() || !node.canConvertToLong()) {
            return node.doubleValue();
        }
        // No conditional expression: it would make a long of either.
        if (node.canConvertToInt()) {
            return node.intValue();
        }
        return node.longValue();
    }

    private static List<Object> values(JsonNode array) {
        List<Object> values = new ArrayList<>();
        array.forEach(element -> values.add(value(element)));
        return values;
    }
}
