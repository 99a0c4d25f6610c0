package candlestack.viewer.query;

import static java.util.Objects.requireNonNull;

/** Lets another thread give up a running query. Thread-safe. */
public final class Cancellation {
    private boolean cancelled;
    private Runnable action = () -> {};

    /** Gives the query up; may be called at any time, more than once. */
    public void cancel() {
        Runnable toRun;
        synchronized (this) {
            cancelled = true;
            toRun = action;
        }
        toRun.run();
    }

    /** What gives the running step up; runs at once where it is too late already. */
    void onCancel(Runnable next) {
        requireNonNull(next, "next is null");
        boolean now;
        synchronized (this) {
            action = next;
            now = cancelled;
        }
        if (now) {
            next.run();
        }
    }

    public synchronized boolean isCancelled() {
        return cancelled;
    }
}
