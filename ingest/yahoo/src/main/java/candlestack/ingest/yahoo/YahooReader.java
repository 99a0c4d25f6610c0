package candlestack.ingest.yahoo;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.Batch;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.api.SourceReader;
import candlestack.ingest.http.Connections;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Lets the feed work on a thread of its own, one step at a time, so that a poll is never longer than asked for. */
final class YahooReader implements SourceReader {
    private final Connections connections;
    private final YahooFeed feed;
    private Future<Batch> step;

    /** Owns the connections from now on. */
    YahooReader(Connections connections, YahooFeed feed) {
        this.connections = requireNonNull(connections, "connections is null");
        this.feed = requireNonNull(feed, "feed is null");
    }

    @Override
    public Batch poll(Duration maxWait) throws SourceException, InterruptedException {
        if (step == null) {
            step = connections.submit(feed::step);
        }
        try {
            Batch batch = step.get(maxWait.toNanos(), TimeUnit.NANOSECONDS);
            step = null;
            return batch;
        } catch (TimeoutException e) {
            return Batch.empty();
        } catch (ExecutionException e) {
            step = null;
            throw unwrapped(e.getCause());
        }
    }

    @Override
    public void close() {
        feed.close();
        connections.close();
    }

    private static SourceException unwrapped(Throwable cause) throws InterruptedException {
        if (cause instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        if (cause instanceof RuntimeException programmingError) {
            throw programmingError;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return (SourceException) cause;
    }
}
