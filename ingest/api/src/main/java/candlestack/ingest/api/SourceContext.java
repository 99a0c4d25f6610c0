package candlestack.ingest.api;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** What the host gives to one instance of a source. Safe to use from any thread. */
public interface SourceContext {
    /** The instance's name in candlestack.yaml, such as {@code btc}: the {@code source} of all its events. */
    String instance();

    /** Its options, bound and checked. */
    Config config();

    /** The time to go by, so that tests need not wait. */
    Clock clock();

    /**
     * Waits, by {@link #clock()}. Prefer it to {@link Thread#sleep}: under a test's clock it takes no time.
     *
     * @throws InterruptedException if the thread was interrupted, which means "stop"
     */
    void pause(Duration duration) throws InterruptedException;

    /**
     * A folder of this instance alone that outlives restarts, for caches. It exists. Positions do not belong here: the
     * host keeps them.
     */
    Path directory();

    /**
     * Says something a person should know, such as {@code reached the end of trades.csv}. The host logs it, unless it
     * is what this instance said last, and shows it in {@code ./candlestack status}.
     */
    void report(String notice);
}
