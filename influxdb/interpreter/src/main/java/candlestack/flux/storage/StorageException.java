package candlestack.flux.storage;

import static java.util.Objects.requireNonNull;

/** The store cannot do what it was asked. The message is meant for the author of the query. */
public final class StorageException extends RuntimeException {
    private final Kind kind;

    public StorageException(Kind kind, String message) {
        super(message);
        this.kind = requireNonNull(kind, "kind is null");
    }

    public Kind kind() {
        return kind;
    }

    /** Why, as far as the caller may act on it. */
    public enum Kind {
        NOT_FOUND,
        FORBIDDEN,
        INVALID,
        UNAVAILABLE
    }
}
