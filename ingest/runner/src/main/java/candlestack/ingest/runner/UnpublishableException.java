package candlestack.ingest.runner;

/** An event that no topic takes; the message is the reason in its dead letter. */
final class UnpublishableException extends Exception {
    UnpublishableException(String message) {
        super(message);
    }
}
