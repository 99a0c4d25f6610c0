package candlestack.local.console;

import java.io.IOException;
import java.io.PrintWriter;

/** How a query's rows are shown. */
public enum OutputFormat {
    TABLE,
    CSV,
    JSON;

    public RowWriter writer(PrintWriter out) throws IOException {
        return switch (this) {
            case TABLE -> new TableWriter(out);
            case CSV -> new CsvWriter(out);
            case JSON -> new JsonWriter(out);
        };
    }
}
