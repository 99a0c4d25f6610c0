package candlestack.viewer.query;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A table of columns, as Grafana's data frames are.
 *
 * @param name may be empty
 * @param notices what a reader should know, such as rows that were left out
 */
public record Frame(String name, List<Field> fields, List<String> notices) {
    public Frame {
        requireNonNull(name, "name is null");
        fields = List.copyOf(fields);
        notices = List.copyOf(notices);
    }

    public Frame(String name, List<Field> fields) {
        this(name, fields, List.of());
    }

    public int rows() {
        return fields.isEmpty() ? 0 : fields.get(0).values().size();
    }

    Frame withNotice(String notice) {
        List<String> extended = new ArrayList<>(notices);
        extended.add(notice);
        return new Frame(name, fields, extended);
    }

    /** What a column holds; a time is a Long of milliseconds since the epoch. */
    public enum FieldType {
        TIME,
        NUMBER,
        STRING,
        BOOLEAN
    }

    /**
     * A column.
     *
     * @param labels what tells this series from others of the same name
     * @param values Long for a time, Number, String or Boolean; an element may be null. Not copied: columns are large.
     */
    public record Field(String name, FieldType type, Map<String, String> labels, List<Object> values) {
        public Field {
            requireNonNull(name, "name is null");
            requireNonNull(type, "type is null");
            labels = Map.copyOf(labels);
            requireNonNull(values, "values is null");
        }
    }
}
