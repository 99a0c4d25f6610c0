package candlestack.influxdb.line;

/** Why one line cannot be parsed. Without a stack trace: there may be many. */
final class BadLine extends RuntimeException {
    BadLine(String reason) {
        super(reason, null, false, false);
    }
}
