package candlestack.analytics.job;

/** A checkpoint that this version of the job must not continue. */
final class IncompatibleCheckpointException extends RuntimeException {
    IncompatibleCheckpointException(String message) {
        super(message);
    }
}
