package candlestack.viewer.stub;

import candlestack.viewer.query.Frame;
import candlestack.viewer.query.Frame.Field;
import candlestack.viewer.query.Frame.FieldType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Builds frames in few words. */
final class Frames {
    private Frames() {}

    /** A table; the type of a column is that of its first value, and a column called time is one. */
    static Frame table(List<String> names, List<List<Object>> rows) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            int column = i;
            List<Object> values = new ArrayList<>();
            rows.forEach(row -> values.add(row.get(column)));
            fields.add(new Field(names.get(i), type(names.get(i), values), Map.of(), values));
        }
        return new Frame("", fields);
    }

    static List<Object> row(Object... values) {
        return Arrays.asList(values);
    }

    static Frame series(String name, Map<String, String> labels, List<Object> times, List<Object> values) {
        return new Frame(
                "",
                List.of(
                        new Field("Time", FieldType.TIME, Map.of(), times),
                        new Field(name, FieldType.NUMBER, labels, values)));
    }

    private static FieldType type(String name, List<Object> values) {
        if (List.of("time", "_time", "Time", "Newest", "Seen").contains(name)) {
            return FieldType.TIME;
        }
        Object first =
                values.stream().filter(value -> value != null).findFirst().orElse(0.0);
        return first instanceof Number
                ? FieldType.NUMBER
                : first instanceof Boolean ? FieldType.BOOLEAN : FieldType.STRING;
    }
}
