package candlestack.local.stack;

import static java.util.Objects.requireNonNull;

import candlestack.local.Installation;
import candlestack.local.LauncherException;
import candlestack.local.process.PidFiles;
import candlestack.local.process.Port;
import candlestack.local.process.ProcessId;
import candlestack.local.process.Termination;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/**
 * One run of the stack: from an empty or an abandoned home to everything ready, until it is told to stop.
 *
 * <p>{@link #start()} and {@link #awaitStop()} belong to the main thread; {@link #stop()} may come from any, at any
 * time, and more than once.
 */
public final class Launch implements AutoCloseable {
    /** The launcher's own name among the pid files. */
    public static final String LAUNCHER = "launcher";

    private static final Duration START_LIMIT = Duration.ofMinutes(5);
    private static final Duration ORPHAN_GRACE = Duration.ofSeconds(12);

    private final Installation installation;
    private final PidFiles pidFiles;
    private final StatusFile statusFile;
    private final List<Component> components;
    private final Supervisor supervisor;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private boolean stopStarted;
    private volatile String state = "starting";
    private Optional<SingleInstance> lock = Optional.empty();
    private Optional<Path> inUse = Optional.empty();

    public Launch(Installation installation, List<Component> components, InstantSource clock) {
        this.installation = requireNonNull(installation, "installation is null");
        this.components = List.copyOf(components);
        this.pidFiles = new PidFiles(installation.run());
        this.statusFile = new StatusFile(installation.run());
        this.supervisor = new Supervisor(components, installation.logs(), pidFiles, clock);
    }

    public Board board() {
        return supervisor.board();
    }

    /**
     * Starts everything.
     *
     * @return true when everything is ready, false when {@link #stop()} came first
     * @throws LauncherException when another launcher has this home, a port is taken or a part cannot start
     */
    public boolean start() throws IOException, InterruptedException {
        installation.createHome();
        lock = SingleInstance.acquire(installation.run());
        if (lock.isEmpty()) {
            throw alreadyRunning(installation);
        }
        // Before anything logs: where the set-up steps write what they do.
        System.setProperty(
                "candlestack.setup.log",
                installation.logs().resolve("setup.log").toString());
        ProcessId.of(ProcessHandle.current()).ifPresent(this::recordOurselves);
        endOrphans(pidFiles);
        checkPorts();
        RunningSettings.write(installation);
        inUse = CheckoutInUse.mark(installation.root());
        board().watch((name, before, now) -> writeStatus());
        Optional<String> failed = supervisor.start(START_LIMIT);
        if (failed.isPresent()) {
            throw LauncherException.failed(failure(failed.get()));
        }
        synchronized (this) {
            if (!stopStarted) {
                state = "running";
                writeStatus();
            }
            return !stopStarted;
        }
    }

    /** Blocks until {@link #stop()} has ended. */
    public void awaitStop() throws InterruptedException {
        stopped.await();
    }

    /** Stops everything; returns when nothing is left. */
    public void stop() throws InterruptedException {
        synchronized (this) {
            if (stopStarted) {
                stopped.await();
                return;
            }
            stopStarted = true;
            state = "stopping";
        }
        supervisor.stop();
        state = "stopped";
        if (lock.isPresent()) {
            writeStatus();
        }
        stopped.countDown();
    }

    /** @throws LauncherException when a launcher has this home: to be asked before anything is touched */
    public static void requireNoOther(Installation installation) throws IOException {
        if (new PidFiles(installation.run()).find(LAUNCHER).isPresent()) {
            throw alreadyRunning(installation);
        }
    }

    @Override
    public void close() throws IOException {
        if (inUse.isPresent()) {
            Files.deleteIfExists(inUse.get());
        }
        if (lock.isPresent()) {
            pidFiles.delete(LAUNCHER);
            lock.get().close();
        }
    }

    /** Ends what a launcher that was killed has left behind. @return the names of what was found */
    public static List<String> endOrphans(PidFiles pidFiles) throws IOException, InterruptedException {
        Map<String, ProcessHandle> orphans = pidFiles.findAll();
        orphans.values()
                .removeIf(process -> process.pid() == ProcessHandle.current().pid());
        Termination.end(orphans.values(), ORPHAN_GRACE);
        for (String name : orphans.keySet()) {
            pidFiles.delete(name);
        }
        return new ArrayList<>(orphans.keySet());
    }

    private static LauncherException alreadyRunning(Installation installation) {
        return LauncherException.failed("Cannot start: it is already running in " + installation.home()
                + "; './candlestack status' shows it, './candlestack down' stops it");
    }

    private void recordOurselves(ProcessId self) {
        try {
            pidFiles.write(LAUNCHER, self);
        } catch (IOException e) {
            throw LauncherException.failed("Cannot write the home " + installation.home(), e);
        }
    }

    private void checkPorts() {
        List<String> taken = components.stream()
                .filter(Service.class::isInstance)
                .flatMap(component -> ((Service) component).ports().stream())
                .filter(port -> !port.free())
                .map(Port::taken)
                .toList();
        if (!taken.isEmpty()) {
            throw LauncherException.failed("Cannot start: " + String.join("\n              ", taken));
        }
    }

    private String failure(String name) {
        String detail = board().conditions().get(name).detail();
        String message = "Cannot start " + name + ": " + (detail.isEmpty() ? "it is not ready in time" : detail);
        List<String> tail = supervisor.tail(name);
        return tail.isEmpty()
                ? message
                : tail.stream()
                        .collect(Collectors.joining(
                                "\n  | ",
                                message + "\n  | ",
                                "\nMore in " + installation.logs().resolve(name + ".log")));
    }

    private void writeStatus() {
        Map<String, String> addresses = components.stream()
                .filter(Service.class::isInstance)
                .map(Service.class::cast)
                .collect(Collectors.toMap(Service::name, Service::address));
        try {
            statusFile.write(state, board().conditions(), addresses);
        } catch (IOException e) {
            // The next change writes it again; a disk that is full for a while must not stop a stack that runs.
        }
    }
}
