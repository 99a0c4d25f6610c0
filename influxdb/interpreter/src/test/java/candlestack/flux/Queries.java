package candlestack.flux;

import candlestack.flux.csv.CsvWriter;
import candlestack.flux.csv.Dialect;
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
        StringBuilder csv = new StringBuilder();
        Flux.execute(
                query,
                options(storage, 100_000_000, Instant.now().plusSeconds(30), () -> false),
                new CsvWriter(csv, Dialect.PLAIN));
        return csv.toString().replace("\r\n", "\n");
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
