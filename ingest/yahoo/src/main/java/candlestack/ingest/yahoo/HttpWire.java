package candlestack.ingest.yahoo;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.http.BoundedBody;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The JDK's HTTP client, with a deadline for the whole answer: its own ends with the headers. */
final class HttpWire implements Wire {
    /** Many times what the longest answer has. */
    private static final int MOST_BYTES = 16 << 20;

    private final HttpClient client;
    private final Duration deadline;

    HttpWire(HttpClient client, Duration deadline) {
        this.client = requireNonNull(client, "client is null");
        this.deadline = requireNonNull(deadline, "deadline is null");
    }

    @Override
    public Answer send(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<String>> response = client.sendAsync(request, BoundedBody.text(MOST_BYTES));
        try {
            HttpResponse<String> done = response.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(request.uri(), done.statusCode(), done.headers(), done.body());
        } catch (TimeoutException e) {
            throw new IOException("no whole answer within " + deadline.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } finally {
            response.cancel(true);
        }
    }
}
