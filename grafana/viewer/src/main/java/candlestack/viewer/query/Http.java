package candlestack.viewer.query;

import static java.util.Objects.requireNonNull;

import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Sends requests that can be cancelled, and says in a sentence what went wrong. */
final class Http {
    private final HttpClient client;
    private final String service;
    private final String url;
    private final Limits limits;

    Http(HttpClient client, String service, String url, Limits limits) {
        this.client = requireNonNull(client, "client is null");
        this.service = requireNonNull(service, "service is null");
        this.url = requireNonNull(url, "url is null");
        this.limits = requireNonNull(limits, "limits is null");
    }

    <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler, Cancellation cancellation) {
        CompletableFuture<HttpResponse<T>> future = client.sendAsync(request, handler);
        cancellation.onCancel(() -> future.cancel(true));
        try {
            return future.get();
        } catch (CancellationException e) {
            throw new QueryException("The query was cancelled", e);
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new QueryException("The query was interrupted", e);
        } catch (ExecutionException e) {
            throw new QueryException("Cannot reach " + service + " at " + url + ": " + reason(e.getCause()), e);
        }
    }

    private String reason(Throwable cause) {
        if (cause instanceof HttpTimeoutException) {
            return "no answer within " + limits.timeout().toSeconds() + " s";
        }
        if (cause instanceof ConnectException) {
            return "nobody listens there";
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
