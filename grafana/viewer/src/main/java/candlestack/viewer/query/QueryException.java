package candlestack.viewer.query;

/** A query that has no answer; the message is for the panel that asked. */
public final class QueryException extends RuntimeException {
    public QueryException(String message) {
        super(message);
    }

    public QueryException(String message, Throwable cause) {
        super(message, cause);
    }
}
