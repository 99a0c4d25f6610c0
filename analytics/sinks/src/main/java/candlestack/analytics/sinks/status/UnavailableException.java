package candlestack.analytics.sinks.status;

/** A page has no answer now, since what it asks does not answer; the message is for whoever asked for the page. */
public final class UnavailableException extends RuntimeException {
    public UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
