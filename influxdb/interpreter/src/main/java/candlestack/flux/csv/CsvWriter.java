package candlestack.flux.csv;

import static java.util.Objects.requireNonNull;

import candlestack.flux.ResultConsumer;
import candlestack.flux.table.Column;
import candlestack.flux.table.ColumnMeta;
import candlestack.flux.table.Table;
import candlestack.flux.value.Time;
import candlestack.flux.value.Values;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes results as annotated CSV: lines end in CRLF, a new schema starts a new block after a blank line.
 *
 * <p>Not thread-safe. An {@link IOException} of the target comes out as {@link UncheckedIOException}.
 */
public final class CsvWriter implements ResultConsumer {
    private final Appendable target;
    private final Dialect dialect;
    private final StringBuilder line = new StringBuilder();
    private List<?> schema = List.of();
    private String result = "";
    private long number;
    private boolean started;

    public CsvWriter(Appendable target, Dialect dialect) {
        this.target = requireNonNull(target, "target is null");
        this.dialect = requireNonNull(dialect, "dialect is null");
    }

    @Override
    public void table(String name, Table table) {
        List<Object> next = new ArrayList<>(table.metas());
        next.add(table.key().columns().stream().map(ColumnMeta::label).sorted().toList());
        next.add(name);
        try {
            if (!name.equals(result) || !started) {
                number = 0;
                result = name;
            }
            if (!next.equals(schema)) {
                schema = next;
                if (started) {
                    target.append("\r\n");
                }
                head(table);
            }
            started = true;
            rows(table);
            number++;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the answer", e);
        }
    }

    /** Reports an error after tables have been written. */
    public void error(String message) {
        char d = dialect.delimiter();
        try {
            target.append(started ? "\r\n" : "");
            if (dialect.annotations().contains("datatype")) {
                target.append("#datatype").append(d).append("string").append(d).append("string\r\n");
            }
            if (dialect.annotations().contains("group")) {
                target.append("#group").append(d).append("true").append(d).append("true\r\n");
            }
            if (dialect.annotations().contains("default")) {
                target.append("#default").append(d).append(d).append("\r\n");
            }
            line.setLength(0);
            field("");
            field("error");
            field("reference");
            endLine();
            field("");
            field(message);
            field("");
            endLine();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the answer", e);
        }
    }

    private void head(Table table) throws IOException {
        if (dialect.annotations().contains("datatype")) {
            fields("#datatype", "string", "long");
            for (ColumnMeta meta : table.metas()) {
                field(meta.type().annotation());
            }
            endLine();
        }
        if (dialect.annotations().contains("group")) {
            fields("#group", "false", "false");
            for (ColumnMeta meta : table.metas()) {
                field(Boolean.toString(table.key().has(meta.label())));
            }
            endLine();
        }
        if (dialect.annotations().contains("default")) {
            fields("#default", result, "");
            for (ColumnMeta meta : table.metas()) {
                boolean known = table.isEmpty() && table.key().has(meta.label());
                field(known ? text(table.key().value(meta.label())) : "");
            }
            endLine();
        }
        if (dialect.header()) {
            fields("", "result", "table");
            for (ColumnMeta meta : table.metas()) {
                field(meta.label());
            }
            endLine();
        }
    }

    private void rows(Table table) throws IOException {
        String name = dialect.annotations().contains("default") ? "" : result;
        for (int row = 0; row < table.rows(); row++) {
            fields("", name, Long.toString(number));
            for (int i = 0; i < table.metas().size(); i++) {
                cell(table.column(i), row);
            }
            endLine();
        }
    }

    private void cell(Column column, int row) {
        if (column.isNull(row)) {
            field("");
            return;
        }
        switch (column.type()) {
            case FLOAT -> field(Values.format(column.doubleAt(row)));
            case INTEGER -> field(Long.toString(column.longAt(row)));
            case TIME -> field(new Time(column.longAt(row)).toString());
            default -> field(text(column.get(row)));
        }
    }

    private static String text(Object value) {
        return value == null ? "" : value instanceof Time time ? time.toString() : Values.display(value);
    }

    private void fields(String... texts) {
        for (String text : texts) {
            field(text);
        }
    }

    private boolean lineStarted;

    private void field(String text) {
        if (lineStarted) {
            line.append(dialect.delimiter());
        }
        lineStarted = true;
        boolean quoted = text.indexOf(dialect.delimiter()) >= 0
                || text.indexOf('"') >= 0
                || text.indexOf('\n') >= 0
                || text.indexOf('\r') >= 0
                || text.startsWith(" ");
        if (quoted) {
            line.append('"').append(text.replace("\"", "\"\"")).append('"');
        } else {
            line.append(text);
        }
    }

    private void endLine() throws IOException {
        line.append("\r\n");
        target.append(line);
        line.setLength(0);
        lineStarted = false;
    }
}
