package candlestack.local.stack;

import static java.util.Objects.requireNonNull;

import candlestack.local.Reason;
import candlestack.local.process.PidFiles;
import candlestack.local.process.Termination;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts the parts, each in a thread of its own as soon as what it needs is ready, keeps their processes running and
 * stops them against the direction of their needs.
 */
public final class Supervisor {
    /** Everything is down by then: a user who pressed Ctrl-C is waiting. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(13);

    private final Board board;
    private final List<Component> components;
    private final Map<String, ServiceKeeper> keepers = new LinkedHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopping;

    /** @param logs the folder of the children's logs */
    public Supervisor(List<Component> components, Path logs, PidFiles pidFiles, InstantSource clock) {
        this.components = List.copyOf(components);
        this.board = new Board(clock, components.stream().map(Component::name).toList());
        requireNonNull(logs, "logs is null");
        for (Component component : components) {
            if (component instanceof Service service) {
                keepers.put(service.name(), new ServiceKeeper(service, board, logs, pidFiles));
            }
        }
    }

    public Board board() {
        return board;
    }

    /**
     * Starts everything and waits until all parts but those in the background are ready or one has failed for good.
     *
     * @return the name of the part that failed; empty when all are ready, or when {@link #stop()} came first
     */
    public Optional<String> start(Duration limit) throws InterruptedException {
        for (Component component : components) {
            Thread thread = new Thread(() -> run(component), component.name());
            threads.add(thread);
            thread.start();
        }
        boolean settled = board.await(conditions -> stopping || allReady(conditions) || anyFailed(conditions), limit);
        return settled ? failed() : firstUnready();
    }

    /** Stops all processes in order and returns when none is left, after {@value #STOP_SECONDS} seconds at most. */
    public void stop() throws InterruptedException {
        stopping = true;
        keepers.values().forEach(ServiceKeeper::stopRestarting);
        threads.forEach(Thread::interrupt);
        long deadline = System.nanoTime() + STOP_LIMIT.toNanos();
        List<List<ServiceKeeper>> waves = stopOrder();
        for (int index = 0; index < waves.size(); index++) {
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            stop(waves.get(index), left.dividedBy(waves.size() - index));
        }
        for (Thread thread : threads) {
            thread.join(Duration.ofSeconds(2).toMillis());
        }
    }

    /** The last lines that a part's process wrote; empty for one that has none. */
    public List<String> tail(String name) {
        return Optional.ofNullable(keepers.get(name)).map(ServiceKeeper::tail).orElse(List.of());
    }

    private void run(Component component) {
        try {
            awaitNeeds(component);
            if (component instanceof Step step) {
                perform(step);
            } else {
                keepers.get(component.name()).keepRunning();
            }
        } catch (InterruptedException e) {
            // Only stop() interrupts; the processes are ended by it.
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            board.phase(component.name(), Phase.FAILED, Reason.of(e));
        }
    }

    private void awaitNeeds(Component component) throws InterruptedException {
        board.await(
                conditions -> component.needs().stream()
                        .filter(conditions::containsKey)
                        .allMatch(need -> conditions.get(need).phase() == Phase.READY),
                Duration.ofDays(1));
    }

    private void perform(Step step) throws InterruptedException {
        Backoff backoff = new Backoff();
        while (true) {
            board.phase(step.name(), Phase.STARTING, "");
            try {
                step.work().run();
                board.phase(step.name(), Phase.READY, "");
                return;
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                if (step.urgency() == Urgency.AWAITED) {
                    board.phase(step.name(), Phase.FAILED, Reason.of(e));
                    return;
                }
                board.phase(step.name(), Phase.RESTARTING, Reason.of(e));
            }
            Thread.sleep(backoff.next().toMillis());
        }
    }

    private void stop(Collection<ServiceKeeper> wave, Duration limit) throws InterruptedException {
        List<ProcessHandle> processes =
                wave.stream().flatMap(keeper -> keeper.process().stream()).toList();
        Termination.end(processes, limit);
        wave.forEach(ServiceKeeper::stopped);
    }

    /** First those that nobody uses, then those that only the stopped ones used, and so on. */
    private List<List<ServiceKeeper>> stopOrder() {
        List<Component> left = new ArrayList<>(components);
        List<List<ServiceKeeper>> waves = new ArrayList<>();
        while (!left.isEmpty()) {
            Set<String> used = left.stream()
                    .flatMap(component -> component.uses().stream())
                    .collect(Collectors.toSet());
            List<Component> wave = left.stream()
                    .filter(component -> !used.contains(component.name()))
                    .toList();
            left.removeAll(wave);
            List<ServiceKeeper> services = wave.stream()
                    .filter(Service.class::isInstance)
                    .map(component -> keepers.get(component.name()))
                    .toList();
            if (!services.isEmpty()) {
                waves.add(services);
            }
        }
        return waves;
    }

    private boolean allReady(Map<String, Condition> conditions) {
        return awaited(conditions).allMatch(condition -> condition.phase() == Phase.READY);
    }

    private boolean anyFailed(Map<String, Condition> conditions) {
        return awaited(conditions).anyMatch(condition -> condition.phase() == Phase.FAILED);
    }

    private Stream<Condition> awaited(Map<String, Condition> conditions) {
        return components.stream().filter(Supervisor::isAwaited).map(component -> conditions.get(component.name()));
    }

    private static boolean isAwaited(Component component) {
        return component.urgency() == Urgency.AWAITED;
    }

    private Optional<String> failed() {
        return firstIn(Phase.FAILED);
    }

    private Optional<String> firstUnready() {
        return firstIn(Phase.FAILED)
                .or(() -> firstIn(Phase.RESTARTING))
                .or(() -> firstIn(Phase.STARTING))
                .or(() -> firstIn(Phase.WAITING));
    }

    private Optional<String> firstIn(Phase phase) {
        return components.stream()
                .filter(Supervisor::isAwaited)
                .map(Component::name)
                .filter(name -> board.condition(name).phase() == phase)
                .findFirst();
    }
}
