package candlestack.flux.csv;

import static java.util.Objects.requireNonNull;

import candlestack.flux.ResultConsumer;
import candlestack.flux.table.ColumnMeta;
import candlestack.flux.table.GroupKey;
import candlestack.flux.table.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes results as annotated CSV in UTF-8: lines end in CRLF, a new schema starts a new block after a blank line.
 *
 * <p>Not thread-safe. An {@link IOException} of the target comes out as {@link UncheckedIOException}. What is written
 * is with the target after {@link #flush}.
 */
public final class CsvWriter implements ResultConsumer {
    private static final byte[] END = {'\r', '\n'};

    private final Utf8Buffer out;
    private final Dialect dialect;
    private final List<CellWriter> cells = new ArrayList<>();
    private Optional<Schema> schema = Optional.empty();
    private String result = "";
    private byte[] resultField = {};
    private long number;
    private boolean started;

    public CsvWriter(OutputStream target, Dialect dialect) {
        this.out = new Utf8Buffer(requireNonNull(target, "target is null"));
        this.dialect = requireNonNull(dialect, "dialect is null");
    }

    /** What one block has in common. */
    private record Schema(String result, List<ColumnMeta> metas, List<ColumnMeta> keys) {
        boolean isOf(String name, Table table) {
            return result.equals(name)
                    && metas.equals(table.metas())
                    && sameColumns(table.key().columns());
        }

        /** The order of a key's columns means nothing. */
        private boolean sameColumns(List<ColumnMeta> others) {
            return keys.equals(others) || (keys.size() == others.size() && keys.containsAll(others));
        }
    }

    @Override
    public void table(String name, Table table) {
        try {
            if (!name.equals(result) || !started) {
                number = 0;
                result = name;
                resultField = hasDefaults() ? new byte[0] : CellWriter.field(name, dialect.delimiter());
            }
            if (schema.isEmpty() || !schema.get().isOf(name, table)) {
                begin(table);
            }
            started = true;
            rows(table);
            number++;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the answer", e);
        }
    }

    /** Hands everything on to the target; without flushing that. */
    public void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the answer", e);
        }
    }

    /** Reports an error after tables have been written. */
    public void error(String message) {
        try {
            if (started) {
                out.append(END);
            }
            if (dialect.annotations().contains("datatype")) {
                line("#datatype", "string", "string");
            }
            if (dialect.annotations().contains("group")) {
                line("#group", "true", "true");
            }
            if (hasDefaults()) {
                line("#default", "", "");
            }
            line("", "error", "reference");
            line("", message, "");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the answer", e);
        }
    }

    private void begin(Table table) throws IOException {
        schema = Optional.of(new Schema(result, table.metas(), table.key().columns()));
        if (started) {
            out.append(END);
        }
        head(table, table.key());
        while (cells.size() < table.metas().size()) {
            cells.add(new CellWriter(dialect.delimiter()));
        }
    }

    private void head(Table table, GroupKey key) throws IOException {
        List<ColumnMeta> metas = table.metas();
        if (dialect.annotations().contains("datatype")) {
            List<String> types =
                    metas.stream().map(meta -> meta.type().annotation()).toList();
            line("#datatype", "string", "long", types);
        }
        if (dialect.annotations().contains("group")) {
            line(
                    "#group",
                    "false",
                    "false",
                    metas.stream()
                            .map(meta -> Boolean.toString(key.has(meta.label())))
                            .toList());
        }
        if (hasDefaults()) {
            line(
                    "#default",
                    result,
                    "",
                    metas.stream().map(meta -> initial(table, meta)).toList());
        }
        if (dialect.header()) {
            line("", "result", "table", metas.stream().map(ColumnMeta::label).toList());
        }
    }

    /** A table without rows still says its key, as the defaults of its columns. */
    private static String initial(Table table, ColumnMeta meta) {
        return table.isEmpty() ? CellWriter.text(Optional.ofNullable(table.key().value(meta.label()))) : "";
    }

    private void rows(Table table) throws IOException {
        char delimiter = dialect.delimiter();
        int columns = table.metas().size();
        for (int row = 0; row < table.rows(); row++) {
            out.ascii(delimiter);
            out.append(resultField);
            out.ascii(delimiter);
            out.number(number);
            for (int i = 0; i < columns; i++) {
                out.ascii(delimiter);
                cells.get(i).write(table.column(i), row, out);
            }
            out.append(END);
        }
    }

    private boolean hasDefaults() {
        return dialect.annotations().contains("default");
    }

    private void line(String first, String second, String third) throws IOException {
        line(first, second, third, List.of());
    }

    private void line(String first, String second, String third, List<String> more) throws IOException {
        out.append(CellWriter.field(first, dialect.delimiter()));
        field(second);
        field(third);
        for (String text : more) {
            field(text);
        }
        out.append(END);
    }

    private void field(String text) throws IOException {
        out.ascii(dialect.delimiter());
        out.append(CellWriter.field(text, dialect.delimiter()));
    }
}
