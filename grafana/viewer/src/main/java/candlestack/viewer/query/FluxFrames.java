package candlestack.viewer.query;

import candlestack.viewer.query.Frame.Field;
import candlestack.viewer.query.Frame.FieldType;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Annotated CSV to frames by the rules of Grafana's Flux data source: a new block of annotations is a new schema, a new
 * group key a new frame; grouped columns become labels; a lone {@code _time} with a lone {@code _value} is a series
 * named after its {@code _field}.
 */
final class FluxFrames {
    private static final ObjectReader ROWS = new CsvMapper()
            .readerFor(String[].class)
            .with(CsvParser.Feature.WRAP_AS_ARRAY)
            .with(CsvParser.Feature.SKIP_EMPTY_LINES);

    private final Limits limits;
    private final List<Frame> frames = new ArrayList<>();
    private String[] datatypes = {};
    private String[] groups = {};
    private String[] defaults = {};
    private String[] header = {};
    private boolean annotating;
    private boolean isSeries;
    private List<String> groupKey;
    private List<Column> columns = List.of();
    private Map<String, String> labels = Map.of();
    private String frameName = "";
    private int rows;

    private FluxFrames(Limits limits) {
        this.limits = limits;
    }

    /** @throws QueryException with the store's message where the answer holds an error */
    static List<Frame> read(InputStream csv, Limits limits) throws IOException {
        FluxFrames reader = new FluxFrames(limits);
        try (MappingIterator<String[]> lines = ROWS.readValues(csv)) {
            while (lines.hasNextValue() && reader.rows <= limits.rows()) {
                reader.accept(lines.nextValue());
            }
        }
        reader.finishFrame();
        return reader.rows > limits.rows() ? withNotice(reader.frames, limits) : reader.frames;
    }

    private void accept(String[] line) {
        if (line.length < 2) {
            return;
        }
        if (line[0].startsWith("#")) {
            annotate(line);
        } else if (annotating || header.length == 0) {
            startSchema(line);
        } else {
            row(line);
        }
    }

    private void annotate(String[] line) {
        if (!annotating) {
            finishFrame();
            annotating = true;
        }
        switch (line[0]) {
            case "#datatype" -> datatypes = line;
            case "#group" -> groups = line;
            case "#default" -> defaults = line;
            default -> {}
        }
    }

    private void startSchema(String[] line) {
        annotating = false;
        header = line;
        groupKey = null;
        List<String> values = new ArrayList<>();
        for (int i = 1; i < header.length; i++) {
            if (!isGroup(i) && !isBookkeeping(header[i])) {
                values.add(header[i]);
            }
        }
        isSeries = values.size() == 2 && values.contains("_time") && values.contains("_value");
    }

    private void row(String[] line) {
        int error = List.of(header).indexOf("error");
        if (error > 0 && header.length <= 4 && List.of(header).contains("reference")) {
            throw new QueryException(cell(line, error));
        }
        List<String> key = new ArrayList<>();
        for (int i = 1; i < header.length; i++) {
            if (isGroup(i)) {
                key.add(cell(line, i));
            }
        }
        if (!key.equals(groupKey)) {
            finishFrame();
            groupKey = key;
            startFrame(line);
        }
        if (++rows <= limits.rows()) {
            columns.forEach(column -> column.values.add(value(line, column)));
        }
    }

    private void startFrame(String[] line) {
        frameName = "";
        String fieldName = "";
        Map<String, String> found = new LinkedHashMap<>();
        columns = new ArrayList<>();
        for (int i = 1; i < header.length; i++) {
            String name = header[i];
            if (name.equals("_field")) {
                fieldName = cell(line, i);
            }
            if (isGroup(i) && name.equals("_measurement")) {
                frameName = cell(line, i);
            } else if (isGroup(i) && !name.startsWith("_")) {
                found.put(name, cell(line, i));
            } else if (!isGroup(i) && !isBookkeeping(name)) {
                columns.add(new Column(i, name, type(datatypes.length > i ? datatypes[i] : "string")));
            }
        }
        labels = found;
        if (isSeries) {
            nameSeries(fieldName);
        }
    }

    /** The time comes first, the value bears the field's name. */
    private void nameSeries(String fieldName) {
        columns.sort((left, right) -> Boolean.compare(right.name.equals("_time"), left.name.equals("_time")));
        columns.get(0).name = "Time";
        columns.get(1).name = fieldName.isEmpty() ? "_value" : fieldName;
    }

    private void finishFrame() {
        if (groupKey != null) {
            frames.add(new Frame(
                    frameName,
                    columns.stream()
                            .map(column -> new Field(
                                    column.name,
                                    column.type,
                                    column.type == FieldType.TIME ? Map.of() : labels,
                                    column.values))
                            .toList()));
        }
        groupKey = null;
    }

    private boolean isGroup(int column) {
        return column < groups.length && groups[column].equals("true");
    }

    private static boolean isBookkeeping(String name) {
        return name.equals("result") || name.equals("table");
    }

    private String cell(String[] line, int column) {
        String written = column < line.length ? line[column] : "";
        return written.isEmpty() && column < defaults.length ? defaults[column] : written;
    }

    private Object value(String[] line, Column column) {
        String cell = cell(line, column.index);
        if (column.type == FieldType.STRING) {
            return cell;
        }
        if (cell.isEmpty()) {
            return null;
        }
        return switch (column.type) {
            case TIME -> Instant.parse(cell).toEpochMilli();
            case NUMBER -> number(cell);
            case BOOLEAN -> Boolean.valueOf(cell);
            case STRING -> cell;
        };
    }

    private static Double number(String cell) {
        return switch (cell) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.valueOf(cell);
        };
    }

    private static FieldType type(String datatype) {
        return switch (datatype) {
            case "dateTime:RFC3339", "dateTime:RFC3339Nano", "dateTime" -> FieldType.TIME;
            case "double", "long", "unsignedLong" -> FieldType.NUMBER;
            case "boolean" -> FieldType.BOOLEAN;
            default -> FieldType.STRING;
        };
    }

    private static List<Frame> withNotice(List<Frame> frames, Limits limits) {
        List<Frame> noted = new ArrayList<>(frames);
        noted.set(noted.size() - 1, noted.get(noted.size() - 1).withNotice(limits.notice()));
        return noted;
    }

    private static final class Column {
        private final int index;
        private final FieldType type;
        private final List<Object> values = new ArrayList<>();
        private String name;

        Column(int index, String name, FieldType type) {
            this.index = index;
            this.name = name;
            this.type = type;
        }
    }
}
