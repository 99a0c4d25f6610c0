package candlestack.local.stack;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * The condition of every part, and who is told of a change. Safe for all threads; watchers are called one at a time,
 * in the order of the changes, by the thread that made the change.
 */
public final class Board {
    /** Told of each change. */
    @FunctionalInterface
    public interface Watcher {
        void changed(String name, Condition before, Condition now);
    }

    private final InstantSource clock;
    private final Map<String, Condition> conditions = new LinkedHashMap<>();
    private final List<Watcher> watchers = new ArrayList<>();

    Board(InstantSource clock, Collection<String> names) {
        this.clock = requireNonNull(clock, "clock is null");
        Instant now = clock.instant();
        names.forEach(name -> conditions.put(name, new Condition(Phase.WAITING, "", now, OptionalLong.empty(), 0)));
    }

    public synchronized void watch(Watcher watcher) {
        watchers.add(requireNonNull(watcher, "watcher is null"));
    }

    /** By name, in the order of the parts. */
    public synchronized Map<String, Condition> conditions() {
        return new LinkedHashMap<>(conditions);
    }

    synchronized Condition condition(String name) {
        return conditions.get(name);
    }

    synchronized void phase(String name, Phase phase, String detail) {
        Condition before = conditions.get(name);
        OptionalLong pid = phase == Phase.READY || phase == Phase.STARTING ? before.pid() : OptionalLong.empty();
        change(name, new Condition(phase, detail, clock.instant(), pid, before.restarts()));
    }

    synchronized void running(String name, long pid) {
        Condition before = conditions.get(name);
        change(
                name,
                new Condition(
                        before.phase(), before.detail(), before.since(), OptionalLong.of(pid), before.restarts()));
    }

    synchronized void died(String name, String reason) {
        Condition before = conditions.get(name);
        change(
                name,
                new Condition(Phase.RESTARTING, reason, clock.instant(), OptionalLong.empty(), before.restarts() + 1));
    }

    /** Waits for the board to look as wanted. @return false when the time was up before */
    synchronized boolean await(Predicate<Map<String, Condition>> wanted, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!wanted.test(conditions)) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            wait(left / 1_000_000 + 1);
        }
        return true;
    }

    private void change(String name, Condition now) {
        Condition before = conditions.put(name, now);
        watchers.forEach(watcher -> watcher.changed(name, before, now));
        notifyAll();
    }
}
