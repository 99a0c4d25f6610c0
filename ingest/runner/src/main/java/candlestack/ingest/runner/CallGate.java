package candlestack.ingest.runner;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.SourceException;
import java.time.Duration;

/**
 * Where a source's thread goes into the source's code and comes back. Only in there is it interrupted to make it stop, so
 * that a batch it has brought out is published whole; and one that does not come back can be left behind, after which it
 * publishes nothing.
 */
final class CallGate {
    private final SourceStatus status;
    private final CallLog.Slot log;
    private Thread inside;
    private boolean stopping;
    private boolean abandoned;

    /** Code of a source. */
    @FunctionalInterface
    interface Code<T> {
        T run() throws SourceException, InterruptedException;
    }

    CallGate(SourceStatus status, CallLog.Slot log) {
        this.status = requireNonNull(status, "status is null");
        this.log = requireNonNull(log, "log is null");
    }

    /**
     * Calls the source.
     *
     * @param method its name, for what is told of a call that does not return
     * @throws InterruptedException if the task is to stop, or was left behind meanwhile
     */
    <T> T call(String method, Code<T> code) throws SourceException, InterruptedException {
        enter(method);
        try {
            return code.run();
        } finally {
            leave();
        }
    }

    /** As {@link #call}, also of a source that is to stop. */
    void close(AutoCloseable closeable) throws Exception {
        synchronized (this) {
            if (abandoned) {
                throw new InterruptedException("left behind");
            }
            status.calling("close");
            log.enter("close");
            inside = Thread.currentThread();
        }
        try {
            closeable.close();
        } finally {
            leave();
        }
    }

    /** Waits between two calls, unless the task is to stop. */
    synchronized void pause(Duration duration) throws InterruptedException {
        long end = System.nanoTime() + duration.toNanos();
        while (!stopping) {
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return;
            }
            wait(millis);
        }
        throw new InterruptedException("stopping");
    }

    private synchronized void enter(String method) throws InterruptedException {
        if (stopping) {
            throw new InterruptedException("stopping");
        }
        status.calling(method);
        log.enter(method);
        inside = Thread.currentThread();
    }

    private synchronized void leave() throws InterruptedException {
        inside = null;
        status.returned();
        log.leave();
        // An interrupt that came too late for the source is none for the host.
        boolean ignored = Thread.interrupted();
        if (abandoned) {
            throw new InterruptedException("left behind");
        }
    }

    /** From now on nothing of the source is called, and what is being called is interrupted. Any thread. */
    synchronized void stop() {
        stopping = true;
        notifyAll();
        if (inside != null) {
            inside.interrupt();
        }
    }

    synchronized boolean isStopping() {
        return stopping;
    }

    /** @return whether the source's code has the thread, which is then given up */
    synchronized boolean abandon() {
        abandoned = inside != null;
        return abandoned;
    }
}
