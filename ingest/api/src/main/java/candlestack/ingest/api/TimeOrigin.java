package candlestack.ingest.api;

/** Who stamped an event's time. */
public enum TimeOrigin {
    /** Where it happened: the exchange, the device. */
    VENUE,
    /** The source, when it saw the event, because the event carries no time. */
    OBSERVED
}
