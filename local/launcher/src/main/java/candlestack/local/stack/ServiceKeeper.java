package candlestack.local.stack;

import static java.util.Objects.requireNonNull;

import candlestack.local.LauncherException;
import candlestack.local.Reason;
import candlestack.local.process.Child;
import candlestack.local.process.Command;
import candlestack.local.process.PidFiles;
import candlestack.local.process.ProcessId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Keeps one service's process running. {@link #keepRunning()} owns its thread; the rest is called by the stopper. */
final class ServiceKeeper {
    private static final Duration READY_LIMIT = Duration.ofMinutes(3);
    /** A process that was ready for this long is healthy again: its next death starts a new series of waits. */
    private static final Duration HEALTHY = Duration.ofMinutes(1);

    private static final int ATTEMPTS_TO_BE_READY = 4;
    private static final int INVALID_CONFIGURATION = 2;

    private final Service service;
    private final Board board;
    private final Path logFile;
    private final PidFiles pidFiles;
    private volatile boolean stopping;
    private volatile Child child;

    ServiceKeeper(Service service, Board board, Path logs, PidFiles pidFiles) {
        this.service = requireNonNull(service, "service is null");
        this.board = requireNonNull(board, "board is null");
        this.logFile = logs.resolve(service.name() + ".log");
        this.pidFiles = requireNonNull(pidFiles, "pidFiles is null");
    }

    /** Starts the process, and again whenever it dies; returns when it is not to be started again. */
    void keepRunning() throws InterruptedException {
        Backoff backoff = new Backoff();
        boolean wasReady = false;
        for (int attempts = 1; !stopping; attempts++) {
            Life life = live();
            wasReady |= life.wasReady();
            if (stopping) {
                return;
            }
            if (life.isHopeless()) {
                board.phase(service.name(), Phase.FAILED, life.death());
                return;
            }
            if (!wasReady && attempts == ATTEMPTS_TO_BE_READY) {
                board.phase(service.name(), Phase.FAILED, life.death() + " (" + attempts + " attempts)");
                return;
            }
            if (life.readyFor().compareTo(HEALTHY) > 0) {
                backoff.reset();
            }
            board.died(service.name(), life.death());
            Thread.sleep(backoff.next().toMillis());
        }
    }

    /**
     * One run of the process.
     *
     * @param readyFor zero if it never was
     * @param isHopeless whether another run would end the same way
     */
    private record Life(String death, Duration readyFor, boolean isHopeless) {
        boolean wasReady() {
            return !readyFor.isZero();
        }
    }

    private Life live() throws InterruptedException {
        board.phase(service.name(), Phase.STARTING, "");
        try {
            Child started = startChild();
            Duration readyFor = untilItEnds(started);
            int code = started.awaitExit();
            return code == INVALID_CONFIGURATION
                    ? new Life("refused its configuration", readyFor, true)
                    : new Life("ended with exit code " + code, readyFor, false);
        } catch (LauncherException e) {
            return new Life(e.getMessage(), Duration.ZERO, true);
        } catch (IOException e) {
            return new Life(Reason.of(e), Duration.ZERO, false);
        }
    }

    /** @return how long it was ready; one that is not ready in time is ended */
    private Duration untilItEnds(Child started) throws InterruptedException {
        if (!started.awaitReady(READY_LIMIT.toMillis())) {
            started.handle().destroyForcibly();
            return Duration.ZERO;
        }
        long since = System.nanoTime();
        board.phase(service.name(), Phase.READY, "");
        started.awaitExit();
        return Duration.ofNanos(System.nanoTime() - since);
    }

    /** No process is started after this. */
    synchronized void stopRestarting() {
        stopping = true;
    }

    Optional<ProcessHandle> process() {
        return Optional.ofNullable(child).map(Child::handle).filter(ProcessHandle::isAlive);
    }

    List<String> tail() {
        return Optional.ofNullable(child).map(Child::tail).orElse(List.of());
    }

    /** The process is gone for good. */
    void stopped() {
        if (child == null) {
            return;
        }
        try {
            pidFiles.delete(service.name());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete the pid file of " + service.name(), e);
        }
        if (board.condition(service.name()).phase() != Phase.FAILED) {
            board.phase(service.name(), Phase.STOPPED, "");
        }
    }

    private Child startChild() throws IOException, InterruptedException {
        Command command = service.preparation().prepare();
        synchronized (this) {
            if (stopping) {
                throw new InterruptedException("stopping");
            }
            child = Child.start(command, logFile, service.readyLine());
        }
        ProcessHandle handle = child.handle();
        Optional<ProcessId> id = ProcessId.of(handle);
        if (id.isPresent()) {
            pidFiles.write(service.name(), id.get());
        }
        board.running(service.name(), handle.pid());
        return child;
    }
}
