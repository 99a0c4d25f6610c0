package candlestack.ingest.users;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.http.BoundedBody;
import candlestack.ingest.http.Connections;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the API for one page at a time, and does not wait longer for the answer than it is told to. One thread's. */
final class RandomUserApi implements AutoCloseable {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(4);
    /** Three times what a page of 5000 users has, the most that the API gives. */
    private static final int MOST_BYTES = 16 << 20;

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    /** The API counts an address's users for this long. */
    private static final Duration REFUSED = Duration.ofMinutes(5);

    private final Connections connections;
    private final RandomUserQuery query;
    private Optional<Request> asking = Optional.empty();

    private record Request(long index, long sentNanos, CompletableFuture<HttpResponse<String>> answer) {}

    private RandomUserApi(Connections connections, RandomUserQuery query) {
        this.connections = connections;
        this.query = requireNonNull(query, "query is null");
    }

    static RandomUserApi open(String instance, RandomUserQuery query) throws SourceException, InterruptedException {
        return new RandomUserApi(Connections.open("users-" + instance, CONNECT_WITHIN), query);
    }

    boolean isAsking() {
        return asking.isPresent();
    }

    void ask(long index) {
        HttpRequest request = HttpRequest.newBuilder(query.page(index))
                .header("Accept", "application/json")
                .header("User-Agent", "candlestack")
                .timeout(DEADLINE)
                .build();
        CompletableFuture<HttpResponse<String>> answer =
                connections.client().sendAsync(request, BoundedBody.text(MOST_BYTES));
        asking = Optional.of(new Request(index, System.nanoTime(), answer));
    }

    /** The page that was asked for; empty if it has not come within {@code maxWait}. */
    Optional<List<Profile>> answer(Duration maxWait) throws SourceException, InterruptedException {
        Request request = asking.orElseThrow(() -> new IllegalStateException("nothing was asked"));
        HttpResponse<String> response;
        try {
            response = request.answer().get(maxWait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            if (System.nanoTime() - request.sentNanos() > DEADLINE.toNanos()) {
                giveUp();
                throw failure(ErrorKind.TRANSIENT, "no whole answer within " + DEADLINE.toSeconds() + " s", e);
            }
            return Optional.empty();
        } catch (ExecutionException e) {
            giveUp();
            throw e.getCause() instanceof BoundedBody.TooLargeException large
                    ? failure(ErrorKind.PROTOCOL, large.getMessage(), large)
                    : failure(ErrorKind.TRANSIENT, String.valueOf(e.getCause()), e.getCause());
        }
        asking = Optional.empty();
        return Optional.of(profiles(response, request.index()));
    }

    private List<Profile> profiles(HttpResponse<String> response, long index) throws SourceException {
        int status = response.statusCode();
        if (status == 429) {
            throw SourceException.rateLimited(
                    message("status 429: " + RandomUserAnswer.error(response.body())), retryAfter(response));
        }
        if (status != 200) {
            throw failure(kind(status), "status " + status + ": " + RandomUserAnswer.error(response.body()), null);
        }
        try {
            return RandomUserAnswer.profiles(response.body(), query, index);
        } catch (ProtocolException e) {
            throw failure(e.kind(), e.getMessage(), e);
        }
    }

    private static ErrorKind kind(int status) {
        if (status == 401 || status == 403) {
            return ErrorKind.UNAUTHORIZED;
        }
        return status >= 500 || status == 408 ? ErrorKind.TRANSIENT : ErrorKind.PROTOCOL;
    }

    private static Duration retryAfter(HttpResponse<String> response) {
        return response.headers()
                .firstValue("retry-after")
                .filter(text -> text.matches("\\d{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(REFUSED);
    }

    private void giveUp() {
        asking.ifPresent(request -> request.answer().cancel(true));
        asking = Optional.empty();
    }

    private SourceException failure(ErrorKind kind, String cause, Throwable thrown) {
        return new SourceException(kind, message(cause), thrown);
    }

    private String message(String cause) {
        return "Cannot fetch profiles from " + query.url() + ": " + cause;
    }

    @Override
    public void close() {
        giveUp();
        connections.close();
    }
}
