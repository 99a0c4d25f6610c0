package candlestack.influxdb.http;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What one request, and all together, may take.
 *
 * @param bodyBytes of one request, after unzipping; more is answered with 413
 * @param bufferedBytes of all request bodies and what is parsed of them; beyond it requests wait, then get 503
 * @param queryBytes of table data that one query may hold; more is an error of the query
 * @param queries that run at once; more wait, then get 429
 * @param queryTime after which a query is given up
 * @param patience how long a request waits for its turn
 */
public record Limits(
        int bodyBytes, long bufferedBytes, long queryBytes, int queries, Duration queryTime, Duration patience) {
    private static final long MEBIBYTE = 1 << 20;

    public Limits {
        requireNonNull(queryTime, "queryTime is null");
        requireNonNull(patience, "patience is null");
    }

    /** Limits under which a process with this heap does not run out of it. */
    public static Limits forHeap(long heapBytes) {
        return new Limits(
                (int) Math.min(64 * MEBIBYTE, Math.max(4 * MEBIBYTE, heapBytes / 16)),
                heapBytes / 4,
                Math.max(16 * MEBIBYTE, heapBytes / 8),
                4,
                Duration.ofSeconds(60),
                Duration.ofSeconds(10));
    }
}
