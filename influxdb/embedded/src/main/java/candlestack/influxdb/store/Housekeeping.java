package candlestack.influxdb.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store's background work: forcing the log, snapshots, retention; each on a thread of its own kind. */
final class Housekeeping implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration SNAPSHOT_CHECK = Duration.ofMillis(500);

    private final Store store;
    private final StoreOptions options;
    private final ScheduledExecutorService syncing;
    private final ScheduledExecutorService saving;
    private final List<Future<?>> work = new ArrayList<>();

    Housekeeping(Store store, StoreOptions options) {
        this.store = store;
        this.options = options;
        this.syncing = executor("store-sync");
        this.saving = executor("store-save");
    }

    void start() {
        if (!options.sync().beforeAcknowledging()) {
            every(syncing, options.sync().every(), store::sync);
        }
        every(saving, SNAPSHOT_CHECK, store::snapshotIfDue);
        every(saving, options.housekeeping(), store::enforceRetention);
    }

    /** Waits for what is under way. */
    @Override
    public void close() {
        work.forEach(repeated -> repeated.cancel(false));
        syncing.shutdown();
        saving.shutdown();
        try {
            if (!saving.awaitTermination(1, TimeUnit.MINUTES) || !syncing.awaitTermination(1, TimeUnit.MINUTES)) {
                log.warn("The store's background work did not end within a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void every(ScheduledExecutorService executor, Duration period, Runnable task) {
        work.add(executor.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        log.error("{}; it is tried again", e.getMessage(), e);
                    }
                },
                period.toNanos(),
                period.toNanos(),
                TimeUnit.NANOSECONDS));
    }

    private static ScheduledExecutorService executor(String name) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }
}
