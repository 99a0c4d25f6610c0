package candlestack.setup;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a service that may still be starting until it answers. */
final class Patience {
    private static final Logger log = LoggerFactory.getLogger(Patience.class);
    private static final Duration BETWEEN = Duration.ofMillis(200);

    /** The service does not answer yet: nothing is wrong with the question. */
    static final class NotYetException extends Exception {
        NotYetException(Throwable cause) {
            super(cause);
        }
    }

    /** One try. @param <T> what it gives */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws NotYetException, InterruptedException;
    }

    private Patience() {}

    /** @param service as it is to be named in the error, with its address */
    static <T> T await(String service, Duration patience, Attempt<T> attempt) throws InterruptedException {
        requireNonNull(patience, "patience is null");
        long deadline = System.nanoTime() + patience.toNanos();
        boolean said = false;
        while (true) {
            try {
                return attempt.run();
            } catch (NotYetException e) {
                if (System.nanoTime() > deadline) {
                    throw new SetupException(
                            "Cannot reach " + service + " within " + patience.toSeconds() + " s", e.getCause());
                }
                if (!said) {
                    log.info("Waiting for {}", service);
                    said = true;
                }
                Thread.sleep(BETWEEN.toMillis());
            }
        }
    }
}
