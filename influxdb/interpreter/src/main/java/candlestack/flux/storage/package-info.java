/**
 * What Flux needs from a store. The interpreter calls it, a store implements it; neither knows the other.
 *
 * <p>All times are nanoseconds since 1970-01-01T00:00Z. A call runs on the thread of the query that makes it.
 */
package candlestack.flux.storage;
