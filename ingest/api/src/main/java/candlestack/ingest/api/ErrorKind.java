package candlestack.ingest.api;

/**
 * Why a source cannot go on, which is what the host decides by. Waits double from try to try, with jitter, and begin
 * again once a poll has given something. An exception that is no {@link SourceException} counts as {@link #PROTOCOL}.
 */
public enum ErrorKind {
    /** No connection, a time-out, a server's error: tried again from one second to one minute later. */
    TRANSIENT,
    /** Too many requests: tried again from one minute to a quarter of an hour later, never before the time asked for. */
    RATE_LIMITED,
    /** Not allowed in: tried again from one minute to an hour later; a person should look. */
    UNAUTHORIZED,
    /** Cannot work as configured: not tried again until the configuration changes. */
    MISCONFIGURED,
    /**
     * Cannot go on from the position: opened again without one, once all that was given before has arrived. What lies
     * between is lost, and said to be. Had some of it not arrived, it is opened at the last position of which all has.
     */
    POSITION_LOST,
    /** An answer that is not understood: tried again from five seconds to five minutes later. */
    PROTOCOL
}
