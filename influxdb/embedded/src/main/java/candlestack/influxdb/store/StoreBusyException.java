package candlestack.influxdb.store;

/** The store takes no writes at the moment; what it has stays readable. */
public final class StoreBusyException extends RuntimeException {
    StoreBusyException(String message) {
        super(message);
    }

    StoreBusyException(String message, Throwable cause) {
        super(message, cause);
    }
}
