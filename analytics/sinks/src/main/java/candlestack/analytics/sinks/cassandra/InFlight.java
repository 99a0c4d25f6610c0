package candlestack.analytics.sinks.cassandra;

import com.datastax.oss.driver.api.core.DriverException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Writes that were sent and not answered, so many at a time. One thread adds; the driver's threads answer. */
final class InFlight {
    private static final int MOST = 256;

    private final Semaphore free = new Semaphore(MOST);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private int added;

    /**
     * Sends a write once there is a place for it. After a failure nothing more is sent: the batch comes again.
     *
     * @param write sends it
     * @throws DriverException the first failure so far
     */
    void add(Supplier<CompletionStage<?>> write) throws InterruptedException {
        free.acquire();
        if (failure.get() != null) {
            free.release();
            finish();
        }
        added++;
        write.get().whenComplete((ignored, e) -> {
            if (e != null) {
                failure.compareAndSet(null, e.getCause() instanceof DriverException ? e.getCause() : e);
            }
            free.release();
        });
    }

    /**
     * Waits for all answers, which the driver's deadline bounds.
     *
     * @return how many writes there were
     * @throws DriverException the first failure
     */
    int finish() throws InterruptedException {
        free.acquire(MOST);
        Throwable e = failure.get();
        if (e instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (e != null) {
            throw new IllegalStateException(e);
        }
        return added;
    }
}
