package candlestack.setup;

/** A service could not be set up; the message names it, what was asked of it and what to do. */
public final class SetupException extends RuntimeException {
    public SetupException(String message) {
        super(message);
    }

    public SetupException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
