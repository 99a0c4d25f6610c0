package candlestack.ingest.api;

import java.time.Instant;

/**
 * Something that happened, on its way to Kafka.
 *
 * <p>A record refuses what is absent, never what is implausible: a price of zero or a time in the future is the input's
 * fault, and becomes a dead letter further on instead of an exception here.
 */
public sealed interface Event permits Quote, SeriesPoint, Instrument, Document {
    /** The same whenever the event is read again; see {@link EventIds}. At most 1,000 characters. */
    String id();

    /** When it happened. */
    Instant time();

    /** Who stamped {@link #time()}. */
    TimeOrigin origin();

    /** What the events of one subject have in common, such as the symbol: they stay in order. At most 64 KiB in UTF-8. */
    String key();
}
