package candlestack.flux;

import static java.util.Objects.requireNonNull;

/** A query that cannot be answered. The message is meant for its author and starts with {@code line:column} if known. */
public final class FluxException extends RuntimeException {
    private final Kind kind;
    private final boolean positioned;

    public FluxException(Kind kind, Position position, String message) {
        super(position + ": " + message);
        this.kind = requireNonNull(kind, "kind is null");
        this.positioned = true;
    }

    public FluxException(Kind kind, String message) {
        super(message);
        this.kind = requireNonNull(kind, "kind is null");
        this.positioned = false;
    }

    private FluxException(FluxException cause, Position position) {
        super(position + ": " + cause.getMessage(), cause);
        this.kind = cause.kind;
        this.positioned = true;
    }

    /** An {@link Kind#INVALID} query. */
    public static FluxException invalid(Position position, String message) {
        return new FluxException(Kind.INVALID, position, message);
    }

    /** An {@link Kind#INVALID} query, where the position is added on the way out. */
    public static FluxException invalid(String message) {
        return new FluxException(Kind.INVALID, message);
    }

    /** Something of Flux that is not among what is supported here. */
    public static FluxException unsupported(String message) {
        return new FluxException(Kind.UNSUPPORTED, message);
    }

    public Kind kind() {
        return kind;
    }

    /** This exception with a position, unless it has one. */
    public FluxException at(Position position) {
        return positioned ? this : new FluxException(this, position);
    }

    /** Why there is no answer. */
    public enum Kind {
        /** The text is not Flux. */
        SYNTAX,
        /** A name, argument or type is wrong. */
        INVALID,
        /** Flux, but not among what is supported here. */
        UNSUPPORTED,
        NOT_FOUND,
        FORBIDDEN,
        UNAVAILABLE,
        /** The query would need more memory than {@link QueryOptions#memoryLimit()}. */
        MEMORY,
        /** {@link QueryOptions#deadline()} has passed. */
        DEADLINE,
        /** {@link QueryOptions#cancelled()} said so. */
        CANCELLED
    }
}
