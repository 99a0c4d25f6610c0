package candlestack.flux.stream;

/**
 * A range of time.
 *
 * @param start nanoseconds, inclusive
 * @param stop nanoseconds, exclusive
 */
public record Bounds(long start, long stop) {}
