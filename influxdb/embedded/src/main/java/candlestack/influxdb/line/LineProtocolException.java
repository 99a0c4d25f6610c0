package candlestack.influxdb.line;

/** Lines that cannot be parsed; none of their batch may be written. */
public final class LineProtocolException extends Exception {
    private final int line;

    LineProtocolException(String message, int line) {
        super(message, null, false, false);
        this.line = line;
    }

    /** The number of the first bad line, counted from 1. */
    public int line() {
        return line;
    }
}
