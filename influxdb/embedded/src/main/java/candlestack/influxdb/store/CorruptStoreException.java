package candlestack.influxdb.store;

/** A file of the store is damaged or of another format; nothing was changed. */
public final class CorruptStoreException extends RuntimeException {
    CorruptStoreException(String message) {
        super(message);
    }

    CorruptStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
