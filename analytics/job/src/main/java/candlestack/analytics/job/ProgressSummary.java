package candlestack.analytics.job;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.compute.json.JsonWriter;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.streaming.StateOperatorProgress;
import org.apache.spark.sql.streaming.StreamingQueryProgress;

/** Sums up a query's batches of a second. Used by the listener's thread alone. */
final class ProgressSummary {
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String name;
    private long sinceNanos;
    private long rows;
    private long busyMillis;
    private long longestMillis;
    private long lag;
    private long stateRows;
    private long lost;

    ProgressSummary(String name, long nowNanos) {
        this.name = requireNonNull(name, "name is null");
        this.sinceNanos = nowNanos;
    }

    void add(StreamingQueryProgress progress, long lostRecords) {
        long millis = progress.durationMs().getOrDefault("triggerExecution", 0L);
        rows += progress.numInputRows();
        busyMillis += millis;
        longestMillis = Math.max(longestMillis, millis);
        lag = TopicOffsets.lag(progress);
        lost += lostRecords;
        stateRows = 0;
        for (StateOperatorProgress operator : progress.stateOperators()) {
            stateRows += operator.numRowsTotal();
        }
    }

    /** The measurement, once a second: the JSON of {@code pipeline.metrics}. */
    Optional<byte[]> take(long nowNanos, long nowMillis) {
        long nanos = nowNanos - sinceNanos;
        if (nanos < PERIOD_NANOS) {
            return Optional.empty();
        }
        byte[] json = new JsonWriter()
                .begin()
                .text("measurement", "query")
                .text("name", name)
                .time("time", TimeUnit.MILLISECONDS.toNanos(nowMillis))
                .beginObject("fields")
                .number("input_rows_per_second", rows * 1e9 / nanos)
                .number("processed_rows_per_second", busyMillis == 0 ? 0 : rows * 1e3 / busyMillis)
                .number("batch_ms", longestMillis)
                .number("lag", lag)
                .number("state_rows", stateRows)
                .number("lost", lost)
                .endObject()
                .end();
        sinceNanos = nowNanos;
        rows = 0;
        busyMillis = 0;
        longestMillis = 0;
        return Optional.of(json);
    }
}
