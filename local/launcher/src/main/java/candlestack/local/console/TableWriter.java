package candlestack.local.console;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.util.List;

/** For people: aligned tables with a blank line between two of them, and a count at the end. */
final class TableWriter implements RowWriter {
    private final PrintWriter out;
    private Table table;
    private boolean first = true;

    TableWriter(PrintWriter out) {
        this.out = requireNonNull(out, "out is null");
    }

    @Override
    public void begin(List<String> columns) {
        finish();
        table = new Table(columns);
    }

    @Override
    public void row(List<Object> values) {
        table.add(values.stream().map(value -> value == null ? "" : cell(value)).toList());
    }

    @Override
    public void end() {
        if (table == null) {
            out.println("(no rows)");
        }
        finish();
        out.flush();
    }

    private void finish() {
        if (table == null) {
            return;
        }
        if (!first) {
            out.println();
        }
        first = false;
        table.print(out);
        out.println("(" + table.size() + (table.size() == 1 ? " row)" : " rows)"));
        table = null;
    }

    /** One line a row: what would break it is shown as written in most languages. */
    private static String cell(Object value) {
        return value.toString().replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r");
    }
}
