package candlestack.ingest.users;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The threads and connections of one reader, and their end.
 *
 * <p>Before JDK 21 the JDK's client cannot be closed: its selector runs until the client is garbage, or until its thread
 * is interrupted. So all threads, its own included, are of one group, and {@link #close} interrupts that.
 */
final class Connections implements AutoCloseable {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(4);
    private static final Duration END_WITHIN = Duration.ofMillis(800);

    private final ThreadGroup group;
    private final ExecutorService threads;
    private final HttpClient client;

    private Connections(String instance) throws InterruptedException {
        group = new ThreadGroup("users-" + instance);
        threads = Executors.newCachedThreadPool(task -> thread(task, "users-" + instance + "-http"));
        client = made();
    }

    /** Starts threads, and connects to nothing. */
    static Connections open(String instance) throws InterruptedException {
        return new Connections(instance);
    }

    HttpClient client() {
        return client;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        long deadline = System.nanoTime() + END_WITHIN.toNanos();
        boolean interrupted = false;
        while (group.activeCount() > 0 && System.nanoTime() < deadline) {
            group.interrupt();
            try {
                TimeUnit.MILLISECONDS.sleep(5);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A thread is of the group of the thread that makes it, so the client is made by one of the group. */
    private HttpClient made() throws InterruptedException {
        try {
            return threads.submit(() -> HttpClient.newBuilder()
                            .connectTimeout(CONNECT_WITHIN)
                            .followRedirects(HttpClient.Redirect.NEVER)
                            .executor(threads)
                            .build())
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Cannot make an HTTP client", e);
        } catch (InterruptedException e) {
            close();
            throw e;
        }
    }

    private Thread thread(Runnable task, String name) {
        Thread thread = new Thread(group, task, name);
        thread.setDaemon(true);
        return thread;
    }
}
