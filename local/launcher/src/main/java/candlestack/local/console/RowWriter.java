package candlestack.local.console;

import java.io.IOException;
import java.util.List;

/** Where a query's rows go, which it leaves open. A result may have several tables: each begins with its columns. */
public interface RowWriter {
    void begin(List<String> columns) throws IOException;

    /** @param values one a column: a number, a boolean, a text, or null for no value */
    void row(List<Object> values) throws IOException;

    /** Writes what is not written yet. Not called for a query that failed: half an answer does not look whole. */
    void end() throws IOException;
}
