package candlestack.ingest.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * A source cannot go on. The kind decides what the host does; the message is for people: action, subject, cause, such
 * as {@code Cannot poll https://example.org/quotes: status 503}. It never contains a secret.
 */
public final class SourceException extends Exception {
    private final ErrorKind kind;
    private final Optional<Duration> retryAfter;

    public SourceException(ErrorKind kind, String message) {
        this(kind, message, null, Optional.empty());
    }

    public SourceException(ErrorKind kind, String message, Throwable cause) {
        this(kind, message, cause, Optional.empty());
    }

    private SourceException(ErrorKind kind, String message, Throwable cause, Optional<Duration> retryAfter) {
        super(requireNonNull(message, "message is null"), cause);
        this.kind = requireNonNull(kind, "kind is null");
        this.retryAfter = retryAfter;
    }

    /** Refused for now; {@code retryAfter} is how long the other side asked to be left alone. */
    public static SourceException rateLimited(String message, Duration retryAfter) {
        return new SourceException(ErrorKind.RATE_LIMITED, message, null, Optional.of(retryAfter));
    }

    public ErrorKind kind() {
        return kind;
    }

    /** What the other side asked for; the host waits at least so long. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
