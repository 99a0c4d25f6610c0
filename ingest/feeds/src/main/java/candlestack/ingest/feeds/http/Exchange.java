package candlestack.ingest.feeds.http;

import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.http.BoundedBody;
import candlestack.ingest.http.Connections;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One poll: a request, where it is redirected to, and the answer, all within one deadline. One thread. */
final class Exchange {
    private static final int MOST_REDIRECTS = 5;

    private final Connections connections;
    private final HttpConfig config;
    private final Known known;
    private final long deadline;
    private URI address;
    private int redirects;
    private CompletableFuture<HttpResponse<byte[]>> pending;

    /** What the server said of the answer before, so that it need not give it again. */
    record Known(Optional<String> entityTag, Optional<String> lastModified) {
        static final Known NOTHING = new Known(Optional.empty(), Optional.empty());
    }

    /** @param document empty if nothing has changed since the answer before */
    record Answer(Optional<JsonNode> document, Known known) {}

    private Exchange(Connections connections, HttpConfig config, Known known) {
        this.connections = connections;
        this.config = config;
        this.known = known;
        this.address = config.address();
        this.deadline = System.nanoTime() + config.timeout().toNanos();
    }

    static Exchange start(Connections connections, HttpConfig config, Known known) {
        Exchange exchange = new Exchange(connections, config, known);
        exchange.send();
        return exchange;
    }

    /**
     * Waits in real time.
     *
     * @return empty if there is no answer yet
     */
    Optional<Answer> await(Duration maxWait) throws SourceException, InterruptedException {
        long left = deadline - System.nanoTime();
        try {
            HttpResponse<byte[]> response =
                    pending.get(Math.max(1, Math.min(left, maxWait.toNanos())), TimeUnit.NANOSECONDS);
            if (isRedirect(response)) {
                follow(response);
                return Optional.empty();
            }
            return Optional.of(Verdict.answer(response, known, config.mostBytes()));
        } catch (TimeoutException e) {
            if (deadline - System.nanoTime() > 0) {
                return Optional.empty();
            }
            cancel();
            throw new SourceException(
                    ErrorKind.TRANSIENT,
                    "Cannot poll " + Verdict.place(address) + ": no whole answer within "
                            + config.timeout().toMillis() + " ms");
        } catch (ExecutionException e) {
            throw Verdict.failure(address, e.getCause());
        }
    }

    void cancel() {
        pending.cancel(true);
    }

    private void send() {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).GET().setHeader("User-Agent", "Candlestack");
        request.setHeader("Accept", "application/json").setHeader("Accept-Encoding", "gzip");
        if (isOwn()) {
            config.headers().forEach(request::setHeader);
        }
        known.entityTag().ifPresent(tag -> request.setHeader("If-None-Match", tag));
        known.lastModified().ifPresent(time -> request.setHeader("If-Modified-Since", time));
        pending = connections.client().sendAsync(request.build(), BoundedBody.bytes(config.mostBytes()));
    }

    /** Headers are secrets of the server that they were written for. */
    private boolean isOwn() {
        return origin(address).equals(origin(config.address()));
    }

    private static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getAuthority();
    }

    private static boolean isRedirect(HttpResponse<?> response) {
        return response.statusCode() >= 300 && response.statusCode() < 400 && response.statusCode() != 304;
    }

    private void follow(HttpResponse<?> response) throws SourceException {
        URI next = target(response);
        boolean open = List.of("http", "https").contains(next.getScheme()) && next.getHost() != null;
        boolean lessSecure = address.getScheme().equals("https") && !"https".equals(next.getScheme());
        if (!open || lessSecure || redirects == MOST_REDIRECTS) {
            throw new SourceException(
                    ErrorKind.PROTOCOL,
                    "Cannot poll " + Verdict.place(config.address()) + ": "
                            + (redirects == MOST_REDIRECTS
                                    ? "more than " + MOST_REDIRECTS + " redirects"
                                    : "it redirects to " + Verdict.place(next) + ", which is not followed"));
        }
        redirects++;
        address = next;
        send();
    }

    private URI target(HttpResponse<?> response) throws SourceException {
        try {
            return address.resolve(response.headers().firstValue("location").orElseThrow());
        } catch (IllegalArgumentException | NoSuchElementException e) {
            throw new SourceException(
                    ErrorKind.PROTOCOL,
                    "Cannot poll " + Verdict.place(address) + ": status " + response.statusCode()
                            + " with no address to go on to",
                    e);
        }
    }
}
