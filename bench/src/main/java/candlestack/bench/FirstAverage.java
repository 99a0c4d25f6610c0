package candlestack.bench;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** From {@code up} in an empty home, everything built, to the first moving average that a query returns. */
final class FirstAverage {
    private static final String QUERY = "from(bucket:\"market\") |> range(start:-5m) |> filter(fn:(r) =>"
            + " r._measurement == \"bar\" and r.symbol == \"BTC-USD\" and r._field == \"sma_20\")"
            + " |> group() |> last()";

    private FirstAverage() {}

    static void measure(Path checkout, Report report) throws Exception {
        try (Stack stack = Stack.create(checkout)) {
            long start = System.nanoTime();
            stack.up();
            double up = seconds(start);
            Flux flux = new Flux(stack);
            long deadline = start + TimeUnit.MINUTES.toNanos(5);
            while (flux.number(QUERY).isEmpty()) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("Cannot measure the start: no moving average after 5 minutes");
                }
                Thread.sleep(100);
            }
            report.figure("up in an empty home to all healthy", up, "s");
            report.figure("up in an empty home to the first sma_20 of BTC-USD", seconds(start), "s");
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
