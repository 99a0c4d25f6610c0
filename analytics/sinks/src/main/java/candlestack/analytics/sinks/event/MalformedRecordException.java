package candlestack.analytics.sinks.event;

/** A record that is not what its topic is for; the message says what is wrong. */
public final class MalformedRecordException extends Exception {
    public MalformedRecordException(String message) {
        super(message);
    }

    MalformedRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
