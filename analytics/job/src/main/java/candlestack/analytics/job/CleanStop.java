package candlestack.analytics.job;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a signal a clean end: the queries stop, the session after them, and the process ends with 0. A process that ends
 * for a reason of its own keeps its exit code.
 */
final class CleanStop {
    private enum Ending {
        NONE,
        SIGNAL,
        OWN
    }

    private static final Logger LOG = LoggerFactory.getLogger(CleanStop.class);
    /** Before Hadoop's and Spark's own hooks, which would take the session from under the queries. */
    private static final int PRIORITY = 100;

    private static final long DEADLINE_SECONDS = 7;

    /** Who was first: a query that a signal has stopped ends the main thread, too. */
    private final AtomicReference<Ending> ending = new AtomicReference<>(Ending.NONE);

    private final AtomicReference<SparkSession> session = new AtomicReference<>();

    /** From now on a signal ends the process with 0. */
    static CleanStop onSignal() {
        CleanStop stop = new CleanStop();
        ShutdownHookManager.get().addShutdownHook(stop::stop, PRIORITY, DEADLINE_SECONDS, TimeUnit.SECONDS);
        return stop;
    }

    /** Has the session stopped, too. */
    void covers(SparkSession started) {
        session.set(requireNonNull(started, "started is null"));
    }

    /** The process is about to end with an exit code of its own. */
    void endingByItself() {
        ending.compareAndSet(Ending.NONE, Ending.OWN);
    }

    private void stop() {
        if (!ending.compareAndSet(Ending.NONE, Ending.SIGNAL)) {
            return;
        }
        LOG.info("Stopping");
        SparkSession running = session.get();
        if (running != null) {
            // Each waits for its batch in hand: all at once, not one after the other.
            List<Thread> stops = Arrays.stream(running.streams().active())
                    .map(query -> new Thread(() -> stop(query), "stop-" + query.name()))
                    .toList();
            stops.forEach(Thread::start);
            stops.forEach(CleanStop::join);
            running.stop();
        }
        Runtime.getRuntime().halt(0);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            // The time for the hook is up: what runs ends with the process.
            Thread.currentThread().interrupt();
        }
    }

    private static void stop(StreamingQuery query) {
        try {
            query.stop();
        } catch (TimeoutException e) {
            LOG.warn("Stream {} did not stop in time; its last batch will be repeated", query.name());
        }
    }
}
