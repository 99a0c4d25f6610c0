package candlestack.flux.csv;

import candlestack.flux.FluxException;
import candlestack.flux.eval.Query;
import candlestack.flux.stream.Groups;
import candlestack.flux.stream.TableBuilder;
import candlestack.flux.syntax.Literals;
import candlestack.flux.table.ColumnMeta;
import candlestack.flux.table.DataType;
import candlestack.flux.table.GroupKey;
import candlestack.flux.table.Table;
import candlestack.flux.value.Unsigned;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads annotated CSV, or plain CSV as one table of strings. */
public final class CsvParser {
    private final CsvLines lines;
    private final Query query;
    private final boolean raw;
    private List<String> types = List.of();
    private List<String> groups = List.of();
    private List<String> defaults = List.of();
    private List<String> header = List.of();

    public CsvParser(String text, Query query, boolean raw) {
        this.lines = new CsvLines(text);
        this.query = query;
        this.raw = raw;
    }

    /** Hands on the tables. */
    public void parse(Consumer<Table> sink) {
        if (raw) {
            parseRaw(sink);
            return;
        }
        Groups tables = new Groups(query);
        boolean inAnnotations = false;
        while (lines.hasNext()) {
            List<String> line = lines.next();
            if (isBlank(line)) {
                continue;
            }
            if (line.get(0).startsWith("#")) {
                if (!inAnnotations) {
                    endBlock(tables);
                }
                inAnnotations = true;
                annotation(line);
            } else if (header.isEmpty()) {
                if (types.isEmpty()) {
                    throw error("expected annotations such as #datatype before the header");
                }
                header = line;
                inAnnotations = false;
                if (header.contains("error") && !header.contains("table")) {
                    reportError();
                }
            } else {
                row(tables, line);
            }
        }
        endBlock(tables);
        tables.emit(sink);
    }

    private void reportError() {
        List<String> line = lines.hasNext() ? lines.next() : List.of();
        int index = header.indexOf("error");
        throw FluxException.invalid("failed to read CSV: " + (index < line.size() ? line.get(index) : "unknown error"));
    }

    private void annotation(List<String> line) {
        List<String> cells = new ArrayList<>(line);
        String name = cells.set(0, "");
        if (!header.isEmpty()) {
            header = List.of();
            types = List.of();
            groups = List.of();
            defaults = List.of();
        }
        switch (name) {
            case "#datatype" -> types = cells;
            case "#group" -> groups = cells;
            case "#default" -> defaults = cells;
            default -> {
                // A comment, or an annotation that is none of ours.
            }
        }
    }

    /** A block whose key is known by its defaults alone is a table without rows. */
    private void endBlock(Groups tables) {
        if (header.isEmpty() || defaults.isEmpty() || rowsInBlock > 0) {
            rowsInBlock = 0;
            return;
        }
        List<ColumnMeta> metas = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        boolean known = true;
        for (int i = 1; i < header.size(); i++) {
            if (isColumn(i) && cell(groups, i).equals("true")) {
                metas.add(new ColumnMeta(header.get(i), type(i)));
                known &= !cell(defaults, i).isEmpty();
                values.add(value(cell(defaults, i), i));
            }
        }
        if (known || metas.isEmpty()) {
            TableBuilder table = tables.table(new GroupKey(metas, values.toArray()));
            for (int i = 1; i < header.size(); i++) {
                if (isColumn(i)) {
                    table.column(header.get(i), type(i));
                }
            }
        }
    }

    private int rowsInBlock;

    private void row(Groups tables, List<String> line) {
        query.check();
        rowsInBlock++;
        if (line.size() != header.size()) {
            throw error("expected " + header.size() + " fields, got " + line.size());
        }
        List<ColumnMeta> metas = new ArrayList<>();
        List<Object> key = new ArrayList<>();
        Object[] values = new Object[line.size()];
        for (int i = 1; i < line.size(); i++) {
            if (!isColumn(i)) {
                continue;
            }
            values[i] = value(line.get(i).isEmpty() ? cell(defaults, i) : line.get(i), i);
            if (cell(groups, i).equals("true")) {
                if (type(i) == DataType.STRING && values[i] == null) {
                    values[i] = "";
                }
                metas.add(new ColumnMeta(header.get(i), type(i)));
                key.add(values[i]);
            }
        }
        TableBuilder table = tables.table(new GroupKey(metas, key.toArray()));
        for (int i = 1; i < line.size(); i++) {
            if (isColumn(i)) {
                table.column(header.get(i), type(i)).add(values[i]);
            }
        }
        table.endRow();
    }

    private boolean isColumn(int index) {
        String label = header.get(index);
        return !(label.equals("result") || label.equals("table")) || index > 2;
    }

    private static String cell(List<String> cells, int index) {
        return index < cells.size() ? cells.get(index) : "";
    }

    private DataType type(int index) {
        String name = cell(types, index);
        int format = name.indexOf(':');
        return switch (format < 0 ? name : name.substring(0, format)) {
            case "boolean" -> DataType.BOOLEAN;
            case "long" -> DataType.INTEGER;
            case "unsignedLong" -> DataType.UNSIGNED;
            case "double" -> DataType.FLOAT;
            case "string", "tag" -> DataType.STRING;
            case "duration" -> DataType.DURATION;
            case "dateTime" -> DataType.TIME;
            default -> throw error("unknown data type '" + name + "' of column '" + header.get(index) + "'");
        };
    }

    private Object value(String text, int index) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            return switch (type(index)) {
                case BOOLEAN -> truth(text);
                case INTEGER -> Long.valueOf(text);
                case UNSIGNED -> new Unsigned(Long.parseUnsignedLong(text));
                case FLOAT -> number(text);
                case STRING -> text;
                case DURATION -> Literals.duration(text).orElseThrow(() -> new NumberFormatException("not a duration"));
                case TIME -> time(text, cell(types, index));
            };
        } catch (NumberFormatException e) {
            throw error("cannot read '" + text + "' as " + type(index).fluxName() + " in column '" + header.get(index)
                    + "'");
        }
    }

    private static Object truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new NumberFormatException(text);
        }
        return text.equals("true");
    }

    private static Double number(String text) {
        return switch (text) {
            case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.valueOf(text);
        };
    }

    private static Object time(String text, String type) {
        if (type.endsWith(":number")) {
            return new candlestack.flux.value.Time(Long.parseLong(text));
        }
        return Literals.time(text).orElseThrow(() -> new NumberFormatException("not a time"));
    }

    private void parseRaw(Consumer<Table> sink) {
        List<String> labels = List.of("");
        while (lines.hasNext() && isBlank(labels)) {
            labels = lines.next();
        }
        if (isBlank(labels)) {
            return;
        }
        TableBuilder table = new TableBuilder(GroupKey.EMPTY, query);
        for (String label : labels) {
            table.column(label, DataType.STRING);
        }
        while (lines.hasNext()) {
            query.check();
            List<String> line = lines.next();
            if (isBlank(line)) {
                continue;
            }
            for (int i = 0; i < labels.size() && i < line.size(); i++) {
                table.column(labels.get(i), DataType.STRING).add((Object) line.get(i));
            }
            table.endRow();
        }
        sink.accept(table.build());
    }

    private static boolean isBlank(List<String> line) {
        return line.size() == 1 && line.get(0).isEmpty();
    }

    private FluxException error(String problem) {
        return FluxException.invalid("failed to read CSV: line " + lines.number() + ": " + problem);
    }
}
