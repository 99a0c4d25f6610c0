package candlestack.local.console;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows in aligned columns. A column of numbers is aligned right; an empty last column leaves no blanks behind. */
public final class Table {
    private static final String GAP = "  ";

    private final List<String> headers;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... headers) {
        this(List.of(headers));
    }

    public Table(List<String> headers) {
        this.headers = List.copyOf(headers);
    }

    public void add(String... cells) {
        add(List.of(cells));
    }

    /** @throws IllegalArgumentException when the row does not have one cell a column */
    public void add(List<String> cells) {
        if (cells.size() != headers.size()) {
            throw new IllegalArgumentException(
                    "Invalid row: " + cells.size() + " cells for " + headers.size() + " columns");
        }
        rows.add(List.copyOf(cells));
    }

    public int size() {
        return rows.size();
    }

    public void print(PrintWriter out) {
        List<Column> columns = new ArrayList<>();
        for (int index = 0; index < headers.size(); index++) {
            columns.add(column(index));
        }
        out.println(line(headers, columns));
        rows.forEach(row -> out.println(line(row, columns)));
    }

    private record Column(int width, boolean numeric) {
        String pad(String cell) {
            String blanks = " ".repeat(width - cell.length());
            return numeric ? blanks + cell : cell + blanks;
        }
    }

    private Column column(int index) {
        int width = headers.get(index).length();
        boolean numeric = !rows.isEmpty();
        for (List<String> row : rows) {
            String cell = row.get(index);
            width = Math.max(width, cell.length());
            numeric &= isNumber(cell);
        }
        return new Column(width, numeric);
    }

    private static boolean isNumber(String cell) {
        return cell.isEmpty() || cell.matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?( [KMG]iB)?");
    }

    private static String line(List<String> cells, List<Column> columns) {
        StringBuilder line = new StringBuilder();
        for (int index = 0; index < cells.size(); index++) {
            line.append(columns.get(index).pad(cells.get(index))).append(GAP);
        }
        return line.toString().stripTrailing();
    }
}
