package candlestack.ingest.http;

import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.SourceException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The threads and connections of one reader, and their end. Thread-safe.
 *
 * <p>Before JDK 21 the JDK's client cannot be closed: its selector runs until the client is garbage, or until its thread
 * is interrupted. So all threads, its own included, are of one group, and {@link #close} interrupts that.
 */
public final class Connections implements AutoCloseable {
    private static final Duration END_WITHIN = Duration.ofMillis(800);

    private final ThreadGroup group;
    private final ExecutorService worker;
    private final ExecutorService clientThreads;
    private final HttpClient client;

    private Connections(String name, Duration connectWithin) throws SourceException, InterruptedException {
        group = new ThreadGroup(name);
        worker = Executors.newSingleThreadExecutor(task -> thread(task, name));
        clientThreads = Executors.newCachedThreadPool(task -> thread(task, name + "-http"));
        client = made(connectWithin);
    }

    /**
     * Starts threads, and connects to nothing.
     *
     * @param name what the threads are called, such as {@code yahoo-stocks}
     * @throws SourceException of kind TRANSIENT if the system has no room for a client
     */
    public static Connections open(String name, Duration connectWithin) throws SourceException, InterruptedException {
        return new Connections(name, connectWithin);
    }

    /** Follows no redirects. */
    public HttpClient client() {
        return client;
    }

    /** Runs the task on the one thread that the reader has for itself, after those given before. */
    public <T> Future<T> submit(Callable<T> task) {
        return worker.submit(task);
    }

    /** Interrupts whatever is going on, and waits for the threads to end, for less than a second. */
    @Override
    public void close() {
        worker.shutdownNow();
        clientThreads.shutdownNow();
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
    private HttpClient made(Duration connectWithin) throws SourceException, InterruptedException {
        try {
            return clientThreads
                    .submit(() -> HttpClient.newBuilder()
                            .connectTimeout(connectWithin)
                            .followRedirects(HttpClient.Redirect.NEVER)
                            .executor(clientThreads)
                            .build())
                    .get();
        } catch (ExecutionException e) {
            close();
            throw new SourceException(ErrorKind.TRANSIENT, "Cannot make an HTTP client: " + e.getCause(), e);
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
