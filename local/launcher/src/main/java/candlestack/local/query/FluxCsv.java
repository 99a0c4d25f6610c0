package candlestack.local.query;

import static java.util.Objects.requireNonNull;

import candlestack.local.LauncherException;
import candlestack.local.console.RowWriter;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * InfluxDB's annotated CSV: blocks of rows, each with a {@code #datatype} line and a header of its own. Rows go on
 * with typed values, without the columns that only number the tables and repeat the queried range.
 */
final class FluxCsv {
    private static final String DATATYPE = "#datatype";
    private static final Set<String> HIDDEN = Set.of("", "result", "table", "_start", "_stop");
    /** What an answer that fails half-way ends with. */
    private static final String ERROR = "error";

    private final RowWriter rows;
    private List<String> types = List.of();
    private List<String> header = List.of();
    private List<Integer> shown = List.of();
    private List<String> begun = List.of();
    private boolean headerNext;

    FluxCsv(RowWriter rows) {
        this.rows = requireNonNull(rows, "rows is null");
    }

    /** @throws LauncherException when the answer carries an error after its first rows */
    void read(Reader csv) throws IOException {
        try (CSVParser records =
                CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get().parse(csv)) {
            for (CSVRecord fields : records) {
                read(fields.toList());
            }
        }
    }

    private void read(List<String> fields) throws IOException {
        String first = fields.get(0);
        if (first.startsWith("#")) {
            types = first.equals(DATATYPE) ? fields : types;
            headerNext = true;
        } else if (headerNext) {
            headerNext = false;
            header = fields;
        } else {
            row(fields);
        }
    }

    private void row(List<String> fields) throws IOException {
        if (header.size() > 1 && header.get(1).equals(ERROR)) {
            throw LauncherException.failed("Cannot query: " + fields.get(1));
        }
        shown = shownColumns();
        List<String> names = shown.stream().map(header::get).toList();
        if (!names.equals(begun)) {
            rows.begin(names);
            begun = names;
        }
        List<Object> values = new ArrayList<>();
        for (int index : shown) {
            values.add(value(fields.get(index), types.get(index)));
        }
        rows.row(values);
    }

    private List<Integer> shownColumns() {
        List<Integer> columns = new ArrayList<>();
        for (int index = 0; index < header.size(); index++) {
            if (!HIDDEN.contains(header.get(index))) {
                columns.add(index);
            }
        }
        return columns;
    }

    /** An empty text is no value: the format cannot tell the two apart. */
    private static Object value(String text, String type) {
        if (text.isEmpty()) {
            return null;
        }
        return PARSERS.getOrDefault(type, plain -> plain).parse(text);
    }

    private interface Parser {
        Object parse(String text);
    }

    private static final Map<String, Parser> PARSERS =
            Map.of("double", FluxCsv::number, "long", Long::valueOf, "boolean", Boolean::valueOf);

    private static Object number(String text) {
        return switch (text) {
            case "+Inf", "-Inf" -> text;
            default -> Double.valueOf(text);
        };
    }
}
