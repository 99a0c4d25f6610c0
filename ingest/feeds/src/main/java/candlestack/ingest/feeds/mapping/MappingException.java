package candlestack.ingest.feeds.mapping;

/** An item is not what the configuration says; the message names the pointer. */
public final class MappingException extends Exception {
    MappingException(String message) {
        super(message);
    }
}
