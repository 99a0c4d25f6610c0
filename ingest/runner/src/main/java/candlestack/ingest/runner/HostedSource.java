package candlestack.ingest.runner;

import candlestack.ingest.api.SourceContext;
import candlestack.ingest.api.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A configured source and, once it is started, its thread. The host's thread. */
final class HostedSource {
    private static final Logger LOG = LoggerFactory.getLogger(HostedSource.class);

    private final Plan plan;
    private final SourceStatus status;
    private final Clock clock;
    private Optional<Running> running = Optional.empty();

    private record Running(SourceTask task, Thread thread, SourcePositions positions) {}

    HostedSource(Plan plan, Clock clock) {
        this.plan = plan;
        this.clock = clock;
        this.status = new SourceStatus(state(plan), plan.problems());
    }

    private static SourceStatus.State state(Plan plan) {
        if (plan.enabled() == Plan.Enablement.DISABLED) {
            return SourceStatus.State.DISABLED;
        }
        return plan.runs() ? SourceStatus.State.WAITING : SourceStatus.State.MISCONFIGURED;
    }

    String name() {
        return plan.name();
    }

    String type() {
        return plan.type();
    }

    SourceStatus status() {
        return status;
    }

    Optional<SourcePositions> positions() {
        return running.map(Running::positions);
    }

    /** Starts its thread, if it can run at all. */
    void start(Path home, Outbox outbox, long mostBytes) {
        if (!plan.runs()) {
            return;
        }
        try {
            running = Optional.of(run(home, outbox, mostBytes));
        } catch (SourceException e) {
            fail(e.kind().name(), e.getMessage());
        } catch (IOException | RuntimeException | LinkageError e) {
            fail("PROTOCOL", e.toString());
        }
    }

    private Running run(Path home, Outbox outbox, long mostBytes) throws IOException, SourceException {
        Plan.Ready ready = plan.ready().orElseThrow();
        Path directory = Files.createDirectories(home.resolve("sources").resolve(name()));
        Path positionsDirectory = Files.createDirectories(home.resolve("positions"));
        SourceContext context = new HostContext(name(), ready.config(), clock, directory, status);
        SourcePositions positions = new SourcePositions(
                name(), new PositionFile(positionsDirectory, name(), type(), clock), () -> new Deliveries(mostBytes));
        Publisher publisher = new Publisher(
                new EventEncoder(name(), new SeriesLimit()), new DeadLetters(name(), clock), outbox, status);
        SourceTask task = new SourceTask(
                name(),
                ready.factory().create(context),
                status,
                positions,
                publisher,
                new Backoff(new SplittableRandom()),
                clock);
        Thread thread = new Thread(task, "source-" + name());
        thread.setDaemon(true);
        thread.setContextClassLoader(ready.factory().getClass().getClassLoader());
        thread.start();
        return new Running(task, thread, positions);
    }

    private void fail(String kind, String message) {
        LOG.warn("Cannot start '{}': {}", name(), message);
        status.failed(new SourceStatus.Failure(kind, message, clock.instant()));
        status.enter(SourceStatus.State.MISCONFIGURED);
    }

    /** Writes how far it has come. */
    void savePosition() {
        positions().ifPresent(SourcePositions::save);
    }

    /** Tells it to stop; {@link #join} waits. */
    void stop() {
        running.ifPresent(now -> {
            now.task().stop();
            now.thread().interrupt();
        });
    }

    void join(Duration deadline) throws InterruptedException {
        if (running.isEmpty()) {
            return;
        }
        Thread thread = running.get().thread();
        thread.join(Math.max(1, deadline.toMillis()));
        if (thread.isAlive()) {
            List<StackTraceElement> stack = List.of(thread.getStackTrace());
            LOG.warn(
                    "'{}' does not stop when interrupted; it is left behind at {}",
                    name(),
                    stack.stream().findFirst());
        }
    }
}
