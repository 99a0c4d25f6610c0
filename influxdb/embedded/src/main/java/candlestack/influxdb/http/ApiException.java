package candlestack.influxdb.http;

import static java.util.Objects.requireNonNull;

import candlestack.influxdb.access.CatalogException;

/** A request that is answered with an error. */
final class ApiException extends RuntimeException {
    private final ErrorCode code;
    private final int line;

    ApiException(ErrorCode code, String message) {
        this(code, message, 0);
    }

    /** @param line the first bad line of the body, counted from 1; 0 where that means nothing */
    ApiException(ErrorCode code, String message, int line) {
        super(message, null, false, false);
        this.code = requireNonNull(code, "code is null");
        this.line = line;
    }

    static ApiException of(CatalogException refusal) {
        ErrorCode code =
                switch (refusal.kind()) {
                    case CONFLICT -> ErrorCode.CONFLICT;
                    case INVALID -> ErrorCode.INVALID;
                    case NOT_FOUND -> ErrorCode.NOT_FOUND;
                    case UNPROCESSABLE -> ErrorCode.UNPROCESSABLE;
                };
        return new ApiException(code, refusal.getMessage());
    }

    static ApiException notFound(String what) {
        return new ApiException(ErrorCode.NOT_FOUND, what + " not found");
    }

    ErrorCode code() {
        return code;
    }

    int line() {
        return line;
    }
}
