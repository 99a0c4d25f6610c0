package candlestack.setup;

import java.time.Duration;

/**
 * Makes what one service must hold before the stack can use it. Running a step again changes nothing that is right.
 *
 * <p>A step opens its own connections and closes them; it blocks its caller and may be run by any thread.
 */
public interface SetupStep {
    /** The service, such as {@code postgres}. */
    String name();

    /**
     * @param patience how long to wait for the service to answer at all
     * @throws SetupException when it did not in that time, or refused what it was asked for
     */
    void run(Duration patience) throws InterruptedException;
}
