package candlestack.viewer.stub;

import candlestack.viewer.query.Cancellation;
import candlestack.viewer.query.Frame;
import candlestack.viewer.query.Frame.Field;
import candlestack.viewer.query.Frame.FieldType;
import candlestack.viewer.query.QueryEngine;
import candlestack.viewer.query.Scope;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Answers the JSON targets: a few rows of the columns they name. */
final class StubJson implements QueryEngine {
    private static final int ROWS = 6;

    @Override
    public List<Frame> run(JsonNode target, Scope scope, Cancellation cancellation) {
        List<Field> fields = new ArrayList<>();
        target.path("columns").forEach(column -> {
            String name = column.path("text").asText();
            boolean isNumber = column.path("type").asText().equals("number");
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < ROWS; i++) {
                values.add(isNumber ? (Object) (90.0 - i * 11) : name + " " + i);
            }
            fields.add(new Field(name, isNumber ? FieldType.NUMBER : FieldType.STRING, Map.of(), values));
        });
        return List.of(new Frame("", fields));
    }
}
