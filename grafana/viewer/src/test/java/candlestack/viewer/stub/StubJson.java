package candlestack.viewer.stub;

import candlestack.viewer.query.Cancellation;
import candlestack.viewer.query.Frame;
import candlestack.viewer.query.QueryEngine;
import candlestack.viewer.query.Scope;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Answers the JSON targets: a few rows of the columns they name. */
final class StubJson implements QueryEngine {
    @Override
    public List<Frame> run(JsonNode target, Scope scope, Cancellation cancellation) {
        List<String> names = new ArrayList<>();
        target.path("columns").forEach(column -> names.add(column.path("text").asText()));
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int row = i;
            List<Object> values = new ArrayList<>();
            target.path("columns")
                    .forEach(column -> values.add(
                            column.path("type").asText().equals("number")
                                    ? (Object) (90.0 - row * 11)
                                    : column.path("text").asText() + " " + row));
            rows.add(values);
        }
        return List.of(Frames.table(names, rows));
    }
}
