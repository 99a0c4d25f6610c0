package candlestack.local.console;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** RFC 4180, with a header line a table. */
final class CsvWriter implements RowWriter {
    private final CSVPrinter printer;

    CsvWriter(PrintWriter out) throws IOException {
        this.printer = new CSVPrinter(out, CSVFormat.RFC4180);
    }

    @Override
    public void begin(List<String> columns) throws IOException {
        printer.printRecord(columns);
    }

    @Override
    public void row(List<Object> values) throws IOException {
        printer.printRecord(values);
    }

    @Override
    public void end() throws IOException {
        printer.flush();
    }
}
