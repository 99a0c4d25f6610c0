package candlestack.viewer.query;

import candlestack.viewer.query.Frame.Field;
import candlestack.viewer.query.Frame.FieldType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rows of (time, names..., numbers...) to a column a series, as Grafana does for {@code format: time_series}. */
final class LongToWide {
    private LongToWide() {}

    /** @throws QueryException when there is no time column */
    static Frame convert(Frame rows) {
        Field time = rows.fields().stream()
                .filter(field -> field.type() == FieldType.TIME)
                .findFirst()
                .orElseThrow(() -> new QueryException("Cannot draw a time series: no column is a time"));
        List<Field> names = ofType(rows, FieldType.STRING);
        List<Field> numbers = ofType(rows, FieldType.NUMBER);
        if (names.isEmpty()) {
            return rows;
        }
        Map<Object, Integer> rowOf = new TreeMap<>();
        time.values().forEach(instant -> rowOf.put(instant, 0));
        List<Object> times = new ArrayList<>(rowOf.keySet());
        for (int i = 0; i < times.size(); i++) {
            rowOf.put(times.get(i), i);
        }
        Map<Series, List<Object>> series = new LinkedHashMap<>();
        for (int row = 0; row < rows.rows(); row++) {
            for (Field number : numbers) {
                Series key = new Series(number.name(), labels(names, row));
                series.computeIfAbsent(key, ignored -> new ArrayList<>(Collections.nCopies(times.size(), null)))
                        .set(rowOf.get(time.values().get(row)), number.values().get(row));
            }
        }
        boolean isMetric = rows.fields().size() == 3 && names.get(0).name().equals("metric");
        List<Field> fields = new ArrayList<>();
        fields.add(new Field(time.name(), FieldType.TIME, Map.of(), times));
        series.forEach((key, values) -> fields.add(key.field(values, isMetric)));
        return new Frame(rows.name(), fields, rows.notices());
    }

    private static List<Field> ofType(Frame frame, FieldType type) {
        return frame.fields().stream().filter(field -> field.type() == type).toList();
    }

    private static Map<String, String> labels(List<Field> names, int row) {
        Map<String, String> labels = new LinkedHashMap<>();
        names.forEach(
                name -> labels.put(name.name(), String.valueOf(name.values().get(row))));
        return labels;
    }

    private record Series(String name, Map<String, String> labels) {
        /** A sole label called metric is the name, as before Grafana 8. */
        private Field field(List<Object> values, boolean isMetric) {
            return isMetric
                    ? new Field(labels.get("metric"), FieldType.NUMBER, Map.of(), values)
                    : new Field(name, FieldType.NUMBER, labels, values);
        }
    }
}
