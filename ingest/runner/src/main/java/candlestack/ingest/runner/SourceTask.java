package candlestack.ingest.runner;

import candlestack.ingest.api.Batch;
import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.Position;
import candlestack.ingest.api.Source;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.api.SourceReader;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one source on its own thread: opens it, polls it, publishes what comes, and opens it again after an error. */
final class SourceTask implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SourceTask.class);
    private static final Duration MOST_WAIT = Duration.ofMillis(250);

    private final String name;
    private final Source source;
    private final SourceStatus status;
    private final SourcePositions positions;
    private final Publisher publisher;
    private final Backoff backoff;
    private final Clock clock;
    private volatile boolean stopping;

    SourceTask(
            String name,
            Source source,
            SourceStatus status,
            SourcePositions positions,
            Publisher publisher,
            Backoff backoff,
            Clock clock) {
        this.name = name;
        this.source = source;
        this.status = status;
        this.positions = positions;
        this.publisher = publisher;
        this.backoff = backoff;
        this.clock = clock;
    }

    /** Followed by an interrupt, ends the task. */
    void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        try {
            boolean again = true;
            while (again && !stopping) {
                again = runOnce();
            }
        } catch (InterruptedException e) {
            LOG.debug("'{}' was interrupted", name);
        } finally {
            if (status.state() != SourceStatus.State.MISCONFIGURED) {
                status.enter(SourceStatus.State.STOPPED);
            }
        }
    }

    /** @return whether to try again; the wait before that is over */
    private boolean runOnce() throws InterruptedException {
        try {
            status.enter(SourceStatus.State.OPENING);
            Optional<Position> position = positions.begin();
            try (SourceReader reader = open(position)) {
                status.enter(SourceStatus.State.RUNNING);
                pump(reader);
            }
            return false;
        } catch (SourceException e) {
            return recover(e);
        } catch (InterruptedException e) {
            if (stopping) {
                throw e;
            }
            return recover(new SourceException(ErrorKind.PROTOCOL, "'" + name + "' was interrupted by itself", e));
        } catch (Throwable e) {
            // Whatever a source throws is its own trouble, a missing class included.
            if (stopping) {
                return false;
            }
            LOG.warn("'{}' failed unexpectedly", name, e);
            return recover(new SourceException(ErrorKind.PROTOCOL, "Cannot run '" + name + "': " + e, e));
        }
    }

    private SourceReader open(Optional<Position> position) throws SourceException, InterruptedException {
        status.calling("open");
        try {
            return source.open(position);
        } finally {
            status.returned();
        }
    }

    private void pump(SourceReader reader) throws SourceException, InterruptedException {
        while (!stopping) {
            positions.newlySaved().ifPresent(reader::acknowledged);
            Batch batch = poll(reader);
            status.backlog(reader.backlog().orElse(0));
            if (!batch.isEmpty()) {
                backoff.reset();
                publisher.publish(batch, positions.deliveries());
            }
            Optional<Exception> failure = positions.deliveries().failure();
            if (failure.isPresent()) {
                throw new SourceException(
                        ErrorKind.TRANSIENT, "Cannot publish: " + failure.get().getMessage(), failure.get());
            }
        }
    }

    private Batch poll(SourceReader reader) throws SourceException, InterruptedException {
        status.calling("poll");
        try {
            return reader.poll(MOST_WAIT);
        } finally {
            status.returned();
        }
    }

    private boolean recover(SourceException e) throws InterruptedException {
        status.failed(new SourceStatus.Failure(e.kind().name(), e.getMessage(), clock.instant()));
        Optional<Duration> wait = backoff.next(e);
        if (wait.isEmpty()) {
            LOG.warn("'{}' stops until its configuration changes: {}", name, e.getMessage());
            status.enter(SourceStatus.State.MISCONFIGURED);
            return false;
        }
        LOG.warn("'{}' tries again in {} s ({}): {}", name, seconds(wait.get()), e.kind(), e.getMessage());
        status.retryAt(clock.instant().plus(wait.get()));
        Thread.sleep(wait.get().toMillis());
        positions.settle();
        if (e.kind() == ErrorKind.POSITION_LOST) {
            LOG.warn("'{}' begins anew: what lies between its last position and its first event is lost", name);
            positions.forget();
        }
        return true;
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
    }
}
