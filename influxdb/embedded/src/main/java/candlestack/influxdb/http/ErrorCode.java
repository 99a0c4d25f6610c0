package candlestack.influxdb.http;

/** Kinds of errors, each with its name in answers and its HTTP status. */
enum ErrorCode {
    INVALID("invalid", 400),
    UNAUTHORIZED("unauthorized", 401),
    FORBIDDEN("forbidden", 403),
    NOT_FOUND("not found", 404),
    METHOD_NOT_ALLOWED("method not allowed", 405),
    TOO_LARGE("request too large", 413),
    CONFLICT("conflict", 422),
    UNPROCESSABLE("unprocessable entity", 422),
    TOO_MANY_REQUESTS("too many requests", 429),
    INTERNAL("internal error", 500),
    NOT_IMPLEMENTED("not implemented", 501),
    UNAVAILABLE("unavailable", 503);

    private final String text;
    private final int status;

    ErrorCode(String text, int status) {
        this.text = text;
        this.status = status;
    }

    String text() {
        return text;
    }

    int status() {
        return status;
    }

    /** Whether the same request may succeed later. */
    boolean passing() {
        return this == TOO_MANY_REQUESTS || this == UNAVAILABLE;
    }
}
