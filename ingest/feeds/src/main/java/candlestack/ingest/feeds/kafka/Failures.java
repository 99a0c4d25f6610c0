package candlestack.ingest.feeds.kafka;

import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.SourceException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What an exception of Kafka's client means. */
final class Failures {
    private Failures() {}

    /**
     * @param action such as {@code read orders}
     * @return what is to be thrown
     * @throws InterruptedException if that is what happened
     */
    static SourceException of(String action, String bootstrap, Throwable failure) throws InterruptedException {
        if (failure instanceof InterruptException || failure instanceof InterruptedException) {
            // The client has set the flag again; whoever throws clears it.
            Thread.interrupted();
            throw new InterruptedException();
        }
        String message = "Cannot " + action + " at " + bootstrap + ": " + reason(failure);
        return new SourceException(kind(failure), message, failure);
    }

    private static ErrorKind kind(Throwable failure) {
        if (failure instanceof AuthenticationException || failure instanceof AuthorizationException) {
            return ErrorKind.UNAUTHORIZED;
        }
        if (cause(failure) instanceof ConfigException || failure instanceof InvalidTopicException) {
            return ErrorKind.MISCONFIGURED;
        }
        return ErrorKind.TRANSIENT;
    }

    private static String reason(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return "no answer in time";
        }
        if (failure instanceof UnknownTopicOrPartitionException) {
            return "there is no such topic";
        }
        Throwable told = cause(failure);
        return told.getMessage() == null ? told.getClass().getSimpleName() : told.getMessage();
    }

    /** "Failed to construct kafka consumer" says nothing: what is behind it does. */
    private static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() instanceof RuntimeException) {
            cause = cause.getCause();
        }
        return cause;
    }
}
