package candlestack.analytics.compute.stream;

/**
 * Where the results of a turn go, in the order in which they are to be read. Everything is repeated when a batch is
 * computed again, so each has an id that names it: what has the same id takes the place of the earlier one.
 */
public interface StreamOutput {
    /** @param value JSON in UTF-8 */
    void record(String topic, String key, byte[] value, String eventId);

    /** Says that nothing is left of what the key stood for. */
    void tombstone(String topic, String key, String eventId);

    /** A point for InfluxDB. */
    void point(Point point);

    /** @param reason what is wrong with it and what is expected, so that a person can act on it */
    void deadLetter(StreamRecord record, String reason);

    /**
     * Hands a row to the {@link SecondStage} of the rules.
     *
     * @throws IllegalStateException in the second stage itself
     */
    void forward(String key, byte[] row);
}
