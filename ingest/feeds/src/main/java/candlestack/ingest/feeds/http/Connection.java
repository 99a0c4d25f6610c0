package candlestack.ingest.feeds.http;

import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.SourceException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The JDK's HTTP client with its threads, and their end.
 *
 * <p>Before JDK 21 that client cannot be closed: its selector runs until the client is garbage, or until its thread is
 * interrupted. So all its threads are of one group, and {@link #close} interrupts that.
 */
final class Connection implements AutoCloseable {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
    private static final Duration END_WITHIN = Duration.ofMillis(800);

    private final ThreadGroup group;
    private final ExecutorService threads;
    private final HttpClient client;

    private Connection(String instance) throws SourceException, InterruptedException {
        group = new ThreadGroup("http-" + instance);
        threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(group, task, "http-" + instance);
            thread.setDaemon(true);
            return thread;
        });
        client = made();
    }

    /** Starts threads, and connects to nothing. */
    static Connection open(String instance) throws SourceException, InterruptedException {
        return new Connection(instance);
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
    private HttpClient made() throws SourceException, InterruptedException {
        try {
            return threads.submit(() -> HttpClient.newBuilder()
                            .connectTimeout(CONNECT_WITHIN)
                            .followRedirects(HttpClient.Redirect.NEVER)
                            .executor(threads)
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
}
