package candlestack.flux;

import static java.nio.charset.StandardCharsets.UTF_8;

import candlestack.flux.csv.CsvWriter;
import candlestack.flux.csv.Dialect;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Runs queries for tests. */
final class Queries {
    static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

    private Queries() {}

    static QueryOptions options(MemoryStorage storage, long memory, Instant deadline, BooleanSupplier cancelled) {
        return new QueryOptions(storage, NOW, "candlestack", memory, deadline, cancelled);
    }

    /** The answer as CSV without annotations, with plain line feeds. */
    static String run(String query, MemoryStorage storage) {
        return csv(query, options(storage, 100_000_000, Instant.now().plusSeconds(30), () -> false), Dialect.PLAIN)
                .replace("\r\n", "\n");
    }

    /** The answer as CSV. */
    static String csv(String query, QueryOptions options, Dialect dialect) {
        ByteArrayOutputStream csv = new ByteArrayOutputStream();
        CsvWriter writer = new CsvWriter(csv, dialect);
        Flux.execute(query, options, writer);
        writer.flush();
        return csv.toString(UTF_8);
    }

    /** The text of the only value of a query that is an expression. */
    static String value(String expression) {
        String csv = run(
                "import \"array\"\nimport \"date\"\nimport \"strings\"\nimport \"timezone\"\nimport \"dict\"\n"
                        + "array.from(rows: [{v: display(v: " + expression + ")}])",
                new MemoryStorage());
        return csv.lines().skip(1).findFirst().orElseThrow().substring(",_result,0,".length());
    }
}
