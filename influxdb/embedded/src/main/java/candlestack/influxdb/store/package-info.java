/**
 * The time series themselves.
 *
 * <p>A {@code Column} is one field of one tag set. Its points lie in chunks, one a time partition; a chunk is a list of
 * compressed blocks that do not overlap, and a head of points that are not compressed yet. Every change goes through
 * {@link candlestack.influxdb.store.Store}'s one writer lock, first into the log, then into the heads. Readers take no
 * lock: they see each chunk's blocks and head as they were at one moment.
 */
package candlestack.influxdb.store;
