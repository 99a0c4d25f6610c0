package candlestack.ingest.testkit.yahoo;

/** What goes wrong instead of an answer. */
public enum Fault {
    /** 401, as after some hours with the same crumb. */
    INVALID_CRUMB,
    /** 401, as with a cookie that Yahoo has forgotten. */
    INVALID_COOKIE,
    /** A redirect to the consent. */
    CONSENT_WALL,
    /** 429 in plain text, to be tried again after two minutes. */
    TOO_MANY_REQUESTS,
    /** The same text with status 200. */
    TOO_MANY_REQUESTS_AS_200,
    /** {@code {"finance":{"error":..}}} with status 200. */
    ERROR_BODY,
    /** No quote in the answer, with status 200. */
    EMPTY_RESULT,
    /** A page for people. */
    HTML,
    /** The connection ends in the middle of the answer. */
    TRUNCATED,
    /** The JSON ends in its middle, the connection is fine. */
    HALF_JSON,
    /** A byte a second. */
    SLOW,
    /** 503. */
    SERVER_ERROR,
    /** The connection ends before an answer. */
    HANG_UP,
    /** 304. */
    NOT_MODIFIED
}
