package candlestack.ingest.runner;

import static java.util.Objects.requireNonNull;

import candlestack.config.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the folder of plugins and, where that is wanted, the configuration, on a thread of its own: loading a plugin
 * may take its time, and the host goes on meanwhile.
 */
final class SourceWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SourceWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final long JOIN_MILLIS = 2_000;
    private static final Duration SLICE = Duration.ofMillis(100);

    private final SourcePlans plans;
    private final Path configFile;
    private final Consumer<Ingest.Change> listener;
    private final AtomicBoolean asked;
    private final Thread thread = new Thread(this::watch, "watch");
    private String taken;
    private String seen;

    /**
     * @param listener is told what is to run whenever that has changed, on this watch's thread
     * @param asked set by anybody: the configuration is to be read again, soon
     */
    SourceWatch(SourcePlans plans, Path configFile, Consumer<Ingest.Change> listener, AtomicBoolean asked) {
        this.asked = requireNonNull(asked, "asked is null");
        this.plans = requireNonNull(plans, "plans is null");
        this.configFile = requireNonNull(configFile, "configFile is null");
        this.listener = requireNonNull(listener, "listener is null");
        this.taken = print();
        this.seen = taken;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void watch() {
        try {
            while (true) {
                try {
                    look();
                } catch (RuntimeException | LinkageError e) {
                    LOG.error("Cannot follow the plugins and the configuration", e);
                }
                pause();
            }
        } catch (InterruptedException e) {
            LOG.debug("The watch ends");
        }
    }

    private void look() throws InterruptedException {
        boolean changed = plans.refreshPlugins();
        if (asked.getAndSet(false) || (plans.settings().get(Keys.WATCH) && fileHasChanged())) {
            taken = print();
            plans.reload();
            changed = true;
        }
        if (changed) {
            listener.accept(plans.current());
        }
    }

    /** Once it looks the same twice: an editor may still be writing it. */
    private boolean fileHasChanged() {
        String now = print();
        boolean isSettled = now.equals(seen);
        seen = now;
        return isSettled && !now.equals(taken);
    }

    private String print() {
        try {
            BasicFileAttributes file = Files.readAttributes(configFile, BasicFileAttributes.class);
            return file.size() + " " + file.lastModifiedTime() + " " + file.fileKey();
        } catch (IOException e) {
            return "absent";
        }
    }

    private void pause() throws InterruptedException {
        for (long waited = 0; waited < INTERVAL.toMillis() && !asked.get(); waited += SLICE.toMillis()) {
            Thread.sleep(SLICE.toMillis());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
