package candlestack.ingest.users;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.ErrorKind;

/** An answer that is no page of profiles. */
final class ProtocolException extends Exception {
    private final ErrorKind kind;

    ProtocolException(ErrorKind kind, String message) {
        super(message);
        this.kind = requireNonNull(kind, "kind is null");
    }

    ErrorKind kind() {
        return kind;
    }
}
