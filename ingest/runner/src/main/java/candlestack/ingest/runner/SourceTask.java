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
    private final CallGate.Code<Source> create;
    private final SourceStatus status;
    private final SourcePositions positions;
    private final Publisher publisher;
    private final Backoff backoff;
    private final Clock clock;
    private final CallGate gate;
    private Optional<Source> source = Optional.empty();

    /** @param create makes the source; code of the source too, which is why it is called here */
    SourceTask(
            String name,
            CallGate.Code<Source> create,
            SourceStatus status,
            SourcePositions positions,
            Publisher publisher,
            Backoff backoff,
            Clock clock,
            CallLog.Slot log) {
        this.name = name;
        this.create = create;
        this.status = status;
        this.positions = positions;
        this.publisher = publisher;
        this.backoff = backoff;
        this.clock = clock;
        this.gate = new CallGate(status, log);
    }

    /** Ends the task once what the source has given is on its way. An interrupt of the thread does not wait for that. */
    void stop() {
        gate.stop();
    }

    /** @return whether the source does not give the thread back, which is then left behind and publishes nothing more */
    boolean abandon() {
        return gate.abandon();
    }

    @Override
    public void run() {
        try {
            boolean again = true;
            while (again && !gate.isStopping()) {
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
            Source ready = created();
            read(given("open", gate.call("open", () -> ready.open(position))));
            return false;
        } catch (SourceException e) {
            return recover(e);
        } catch (InterruptedException e) {
            if (gate.isStopping()) {
                throw e;
            }
            return recover(new SourceException(ErrorKind.PROTOCOL, "'" + name + "' was interrupted by itself", e));
        } catch (Throwable e) {
            // Whatever a source throws is its own trouble, a missing class included.
            if (gate.isStopping()) {
                return false;
            }
            LOG.warn("'{}' failed unexpectedly", name, e);
            return recover(new SourceException(ErrorKind.PROTOCOL, "Cannot run '" + name + "': " + e, e));
        }
    }

    /** Once: what a source has learned it keeps from one opening to the next. */
    private Source created() throws SourceException, InterruptedException {
        if (source.isEmpty()) {
            source = Optional.of(given("create", gate.call("create", create)));
        }
        return source.get();
    }

    private void read(SourceReader reader) throws Exception {
        AutoCloseable closing = () -> gate.close(reader);
        try (closing) {
            status.enter(SourceStatus.State.RUNNING);
            pump(reader);
        }
    }

    private void pump(SourceReader reader) throws SourceException, InterruptedException {
        while (!gate.isStopping()) {
            Batch batch = gate.call("poll", () -> poll(reader));
            if (!batch.isEmpty()) {
                backoff.reset();
                publisher.publish(batch, positions.deliveries());
            }
            Optional<Throwable> failure = positions.deliveries().failure();
            if (failure.isPresent()) {
                throw new SourceException(
                        ErrorKind.TRANSIENT, "Cannot publish: " + failure.get().getMessage(), failure.get());
            }
        }
    }

    private Batch poll(SourceReader reader) throws SourceException, InterruptedException {
        positions.newlySaved().ifPresent(reader::acknowledged);
        Batch batch = given("poll", reader.poll(MOST_WAIT));
        status.backlog(reader.backlog().orElse(0));
        return batch;
    }

    private static <T> T given(String method, T result) throws SourceException {
        if (result == null) {
            throw new SourceException(ErrorKind.PROTOCOL, method + " returned null");
        }
        return result;
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
        gate.pause(wait.get());
        positions.settle();
        // What failed on its way is given again from what is on disk, though the source has gone on from there.
        if (e.kind() == ErrorKind.POSITION_LOST
                && positions.deliveries().failure().isEmpty()) {
            LOG.warn("'{}' begins anew: what lies between its last position and its first event is lost", name);
            positions.forget();
        }
        return true;
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
    }
}
