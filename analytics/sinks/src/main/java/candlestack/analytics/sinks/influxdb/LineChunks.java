package candlestack.analytics.sinks.influxdb;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.sinks.delivery.StoreException;

/** Cuts the points of one bucket into requests of the size that the server likes best. */
final class LineChunks {
    private static final int LINES = 5_000;

    private final InfluxWriter writer;
    private final String bucket;
    private final LineBuilder builder = new LineBuilder();
    private int lines;

    LineChunks(InfluxWriter writer, String bucket) {
        this.writer = requireNonNull(writer, "writer is null");
        this.bucket = requireNonNull(bucket, "bucket is null");
    }

    /** Where the next line is written to, exactly one before {@link #added}. */
    LineBuilder builder() {
        return builder;
    }

    void added() throws StoreException {
        if (++lines == LINES) {
            flush();
        }
    }

    /** Begins to write what is left. */
    void flush() throws StoreException {
        if (lines > 0) {
            writer.write(bucket, builder.take());
            lines = 0;
        }
    }
}
