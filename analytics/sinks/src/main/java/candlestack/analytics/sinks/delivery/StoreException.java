package candlestack.analytics.sinks.delivery;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** A store did not take a batch. */
public final class StoreException extends Exception {
    /** What to do about it. */
    public enum Kind {
        /** Nobody answers. */
        UNREACHABLE(Duration.ofMillis(100), Duration.ofSeconds(5)),
        /** It answers that it cannot now. */
        BUSY(Duration.ofMillis(250), Duration.ofSeconds(15)),
        /** A token, right, bucket or table is missing, which a person or the set-up has to change. */
        MISCONFIGURED(Duration.ofSeconds(1), Duration.ofSeconds(15)),
        /** The same batch will never be taken: some record of it has to go. */
        REFUSED(Duration.ZERO, Duration.ZERO);

        private final Duration shortestWait;
        private final Duration longestWait;

        Kind(Duration shortestWait, Duration longestWait) {
            this.shortestWait = shortestWait;
            this.longestWait = longestWait;
        }

        Duration shortestWait() {
            return shortestWait;
        }

        Duration longestWait() {
            return longestWait;
        }
    }

    private final Kind kind;

    /** @param message the store's own words, for a log or a dead letter */
    public StoreException(Kind kind, String message, Throwable cause) {
        super(requireNonNull(message, "message is null"), cause);
        this.kind = requireNonNull(kind, "kind is null");
    }

    public Kind kind() {
        return kind;
    }
}
