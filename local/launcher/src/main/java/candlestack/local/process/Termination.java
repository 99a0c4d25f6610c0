package candlestack.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How processes are ended: asked first, killed when the time is up. */
public final class Termination {
    private static final Duration AFTER_KILL = Duration.ofSeconds(5);

    private Termination() {}

    /**
     * Asks all to stop, waits for all of them together, kills what is left.
     *
     * @return whether none had to be killed
     */
    public static boolean end(Collection<ProcessHandle> processes, Duration grace) throws InterruptedException {
        List<ProcessHandle> alive =
                processes.stream().filter(ProcessHandle::isAlive).toList();
        ask(alive);
        if (await(alive, grace)) {
            return true;
        }
        alive.forEach(ProcessHandle::destroyForcibly);
        await(alive, AFTER_KILL);
        return false;
    }

    /** @return whether all had ended in time */
    public static boolean await(Collection<ProcessHandle> processes, Duration limit) throws InterruptedException {
        CompletableFuture<?>[] ends =
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("Cannot wait for processes", e);
        }
    }

    /**
     * SIGTERM, which a JVM that was started in the background needs, since it ignores SIGINT; and SIGINT, at which
     * PostgreSQL ends its sessions instead of waiting for them.
     */
    private static void ask(List<ProcessHandle> processes) throws InterruptedException {
        if (processes.isEmpty()) {
            return;
        }
        processes.forEach(ProcessHandle::destroy);
        List<String> words = new ArrayList<>(List.of("kill", "-INT"));
        processes.forEach(process -> words.add(String.valueOf(process.pid())));
        try {
            new ProcessBuilder("sh", "-c", String.join(" ", words))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot send SIGINT", e);
        }
    }
}
