package candlestack.ingest.api;

/** What a source can do about the time it was not running. */
public enum ResumeKind {
    /** Goes on exactly after the position, however old it is. */
    EXACT,
    /** Goes on exactly after the position as long as it is not too old; then {@link ErrorKind#POSITION_LOST}. */
    WINDOWED,
    /** Begins at now; what happened in between is gone. */
    LIVE_ONLY
}
