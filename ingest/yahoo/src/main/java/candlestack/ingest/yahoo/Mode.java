package candlestack.ingest.yahoo;

/** Where prices come from. */
enum Mode {
    /** Streamed; polled while the stream is down. */
    AUTO,
    /** Streamed, and polled only for what the stream does not say. */
    STREAM,
    /** Polled. */
    POLL
}
