package candlestack.ingest.runner;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of a source and all that it starts: what dies in it is told, what it leaves behind is found. */
final class SourceThreads extends ThreadGroup {
    private static final Logger LOG = LoggerFactory.getLogger(SourceThreads.class);
    /** Of the JDK: they serve more than one, or end by themselves some time after their last user. */
    private static final List<String> OF_THE_JDK =
            List.of("HttpClient-", "CompletableFuture", "ForkJoinPool", "Keep-Alive-", "process reaper", "Cleaner-");

    private final String source;
    private final SourceStatus status;

    SourceThreads(String source, SourceStatus status) {
        super("source-" + source);
        this.source = requireNonNull(source, "source is null");
        this.status = requireNonNull(status, "status is null");
    }

    /** Those that are alive, but not the host's own one. */
    List<Thread> left(Thread own) {
        Thread[] all = new Thread[Math.max(16, activeCount() * 2)];
        int count = enumerate(all, true);
        List<Thread> left = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            Thread thread = all[index];
            if (thread != own && OF_THE_JDK.stream().noneMatch(thread.getName()::startsWith)) {
                left.add(thread);
            }
        }
        return left;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable e) {
        LOG.warn("Thread '{}' of '{}' died", thread.getName(), source, e);
        status.notice("thread '" + thread.getName() + "' died: " + e);
    }
}
