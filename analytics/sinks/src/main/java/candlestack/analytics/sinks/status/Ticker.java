package candlestack.analytics.sinks.status;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a task a second after the last time it ended, on a daemon thread, until closed. */
final class Ticker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Ticker.class);
    private static final long PERIOD_MILLIS = 1000;
    private static final long STOP_MILLIS = 500;

    private final Task task;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** What may fail once and be tried again a second later. */
    @FunctionalInterface
    interface Task {
        void run() throws Exception;
    }

    Ticker(String name, Task task) {
        this.task = requireNonNull(task, "task is null");
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
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
            } while (!closed.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runTask() throws InterruptedException {
        try {
            task.run();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            log.debug("{} failed, and runs again in a second", thread.getName(), e);
        }
    }
}
