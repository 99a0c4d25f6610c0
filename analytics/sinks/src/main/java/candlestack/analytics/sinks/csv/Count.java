package candlestack.analytics.sinks.csv;

/**
 * What numbers readings: analytics counts those of each partition of the events, from 0.
 *
 * @param epoch milliseconds since 1970, when the first event came; another one where topic or state were made anew
 */
record Count(long epoch, int partition) {}
