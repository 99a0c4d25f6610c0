package candlestack.ingest.runner;

import candlestack.ingest.api.SourceContext;
import candlestack.ingest.api.SourceFactory;
import candlestack.ingest.runner.plugin.Plugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
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
    private long toldNanos;

    private record Running(SourceTask task, Thread thread, SourceThreads threads, SourcePositions positions) {}

    HostedSource(Plan plan, Clock clock) {
        this(plan, clock, new SourceStatus(state(plan), plan.problems()));
    }

    private HostedSource(Plan plan, Clock clock, SourceStatus status) {
        this.plan = plan;
        this.clock = clock;
        this.status = status;
    }

    /** What takes its place. */
    HostedSource successor(Plan next) {
        return new HostedSource(next, clock, status.successor(state(next), next.problems()));
    }

    private static SourceStatus.State state(Plan plan) {
        if (plan.enabled() == Plan.Enablement.DISABLED) {
            return SourceStatus.State.DISABLED;
        }
        return plan.runs() ? SourceStatus.State.WAITING : SourceStatus.State.MISCONFIGURED;
    }

    Plan plan() {
        return plan;
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

    boolean isStarted() {
        return running.isPresent();
    }

    /** Whether it has, or may turn out to have, a history to give that lay there before it started. */
    boolean beginsWithHistory() {
        return switch (status.state()) {
            case WAITING, OPENING -> isStarted();
            case RUNNING -> status.hadBacklog().orElse(true);
            case DISABLED, MISCONFIGURED, RETRYING, STOPPED -> false;
        };
    }

    /** Starts its thread, if it can run at all. */
    void start(Path home, Outbox outbox, CallLog calls) {
        if (!plan.runs()) {
            return;
        }
        try {
            running = Optional.of(run(home, outbox, calls));
        } catch (IOException | RuntimeException e) {
            LOG.warn("Cannot start '{}': {}", name(), e.toString());
            status.failed(new SourceStatus.Failure("PROTOCOL", e.toString(), clock.instant()));
            status.enter(SourceStatus.State.MISCONFIGURED);
        }
    }

    private Running run(Path home, Outbox outbox, CallLog calls) throws IOException {
        Plan.Ready ready = plan.ready().orElseThrow();
        SourceFactory factory = ready.factory();
        Path directory = Files.createDirectories(home.resolve("sources").resolve(name()));
        Path positionsDirectory = Files.createDirectories(home.resolve("positions"));
        SourceContext context = new HostContext(name(), ready.config(), clock, directory, status);
        SourcePositions positions = new SourcePositions(
                name(),
                new PositionFile(positionsDirectory, name(), type(), clock),
                () -> new Deliveries(outbox::share));
        Publisher publisher = new Publisher(
                new EventEncoder(name(), new SeriesLimit()), new DeadLetters(name(), clock), outbox, status);
        SourceTask task = new SourceTask(
                name(),
                () -> factory.create(context),
                status,
                positions,
                publisher,
                new Backoff(new SplittableRandom()),
                clock,
                calls.slot(name()));
        SourceThreads threads = new SourceThreads(name(), status);
        Thread thread = new Thread(threads, task, "source-" + name());
        thread.setDaemon(true);
        thread.setContextClassLoader(factory.getClass().getClassLoader());
        Plugin.of(factory).ifPresent(Plugin::use);
        thread.start();
        return new Running(task, thread, threads, positions);
    }

    /** Writes how far it has come. */
    void savePosition() {
        positions().ifPresent(SourcePositions::save);
    }

    /** Tells it to stop once what it has given is on its way. */
    void stop() {
        running.ifPresent(now -> now.task().stop());
    }

    /** Also while Kafka does not take what it has given, which comes again then. */
    void interrupt() {
        running.ifPresent(now -> now.thread().interrupt());
    }

    /** Whether it does not go on by itself, as it said that its configuration is wrong. */
    boolean hasGivenUp() {
        return status.state() == SourceStatus.State.MISCONFIGURED;
    }

    /** Whether its thread is gone. */
    boolean hasEnded() {
        return running.isEmpty() || !running.get().thread().isAlive();
    }

    /** Whether its thread is gone and Kafka has all that it gave, or never will. */
    boolean hasSettled() {
        return hasEnded() && positions().map(HostedSource::isSettled).orElse(true);
    }

    private static boolean isSettled(SourcePositions positions) {
        Deliveries deliveries = positions.deliveries();
        return deliveries.inFlight() == 0 || deliveries.failure().isPresent();
    }

    /** After its thread has ended: tells what it left running, and lets go of its plugin. */
    void finish() {
        if (running.isEmpty()) {
            return;
        }
        savePosition();
        if (!leavesThreads()) {
            Plugin.of(plan.ready().orElseThrow().factory()).ifPresent(Plugin::release);
        }
        running = Optional.empty();
    }

    /** @return whether its thread has ended and others of it have not: they are told, and interrupted, once */
    boolean leavesThreads() {
        if (running.isEmpty() || !hasEnded()) {
            return false;
        }
        List<Thread> left = running.get().threads().left(running.get().thread());
        List<String> names = left.stream().map(Thread::getName).sorted().toList();
        if (!left.isEmpty() && status.notice("left running: " + names)) {
            LOG.warn("'{}' has left {} threads running, which are interrupted: {}", name(), left.size(), names);
            left.forEach(Thread::interrupt);
        }
        return !left.isEmpty();
    }

    /** @return whether its thread does not come back from the source's code, and is left behind */
    boolean abandon() {
        if (running.isEmpty() || !running.get().task().abandon()) {
            return false;
        }
        StackTraceElement[] stack = running.get().thread().getStackTrace();
        LOG.warn(
                "'{}' does not stop when interrupted; it is left behind at {}",
                name(),
                stack.length == 0 ? "its end" : stack[0]);
        savePosition();
        return true;
    }

    /** What is to be said of a call that does not return; it is logged once. */
    Optional<String> stuck() {
        long now = System.nanoTime();
        Optional<SourceStatus.Call> late = status.call().filter(call -> call.isStuck(now));
        if (running.isEmpty() || late.isEmpty()) {
            return Optional.empty();
        }
        StackTraceElement[] stack = running.get().thread().getStackTrace();
        String text = late.get().method() + " has not returned for "
                + late.get().lasts(now).toSeconds() + " s" + (stack.length == 0 ? "" : ", at " + stack[0]);
        if (late.get().sinceNanos() != toldNanos) {
            toldNanos = late.get().sinceNanos();
            LOG.warn("'{}' is stuck: {}", name(), text);
        }
        return Optional.of(text);
    }
}
