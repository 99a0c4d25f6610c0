package candlestack.analytics.sinks.status;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a task some time after the last time it ended, a second by default, on a daemon thread, until closed. The first
 * of some failures in a row is logged, and that they are over.
 */
public final class Ticker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Ticker.class);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final long STOP_MILLIS = 500;

    private final Duration period;
    private final Task task;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);
    /** The thread's own. */
    private boolean failing;

    /** What may fail once and be tried again a period later. */
    @FunctionalInterface
    public interface Task {
        void run() throws Exception;
    }

    Ticker(String name, Task task) {
        this(name, SECOND, task);
    }

    /** @param period between the end of one run and the beginning of the next */
    public Ticker(String name, Duration period, Task task) {
        this.period = requireNonNull(period, "period is null");
        this.task = requireNonNull(task, "task is null");
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            do {
                runTask();
            } while (!closed.await(period.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runTask() throws InterruptedException {
        try {
            task.run();
            if (failing) {
                failing = false;
                log.info("{} works again", thread.getName());
            }
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | Error e) {
            fail(e);
        }
    }

    private void fail(Throwable e) {
        // Of one that stops it is no news that its task was interrupted.
        if (!failing && closed.getCount() > 0) {
            failing = true;
            log.warn("{} failed, trying again every {}: {}", thread.getName(), period, e.toString());
        }
        log.debug("{} failed", thread.getName(), e);
    }
}
