package @PACKAGE@;

import candlestack.ingest.api.Batch;
import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.Event;
import candlestack.ingest.api.Position;
import candlestack.ingest.api.Reject;
import candlestack.ingest.api.Source;
import candlestack.ingest.api.SourceContext;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.api.SourceReader;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks an address again and again and lets the factory make events of the answers. What came the last time already is
 * left out, an answer that is not understood is a reject, and everything else that goes wrong is said by kind.
 */
final class HttpPoll implements Source {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration DEFAULT_RETRY = Duration.ofMinutes(1);

    private final SourceContext context;
    private final URI uri;
    private final Duration every;
    private final Mapping mapping;

    /** Turns an answer into events, or throws an IllegalArgumentException that says what is wrong with it. */
    @FunctionalInterface
    interface Mapping {
        List<Event> events(JsonNode answer);
    }

    HttpPoll(SourceContext context, URI uri, Duration every, Mapping mapping) {
        this.context = context;
        this.uri = uri;
        this.every = every;
        this.mapping = mapping;
    }

    /**
     * What a field of an answer holds. Jackson by itself makes 0 of a null and of a text.
     *
     * @throws IllegalArgumentException if it is missing or no number
     */
    static JsonNode number(JsonNode object, String field) {
        JsonNode value = object.required(field);
        if (!value.isNumber()) {
            throw new IllegalArgumentException("'" + field + "' is " + value + ", expected a number");
        }
        return value;
    }

    @Override
    public SourceReader open(Optional<Position> position) {
        return new Reader();
    }

    private final class Reader implements SourceReader {
        private final HttpClient client =
                HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
        private Optional<CompletableFuture<HttpResponse<byte[]>>> pending = Optional.empty();
        private Instant next = context.clock().instant();
        private Set<String> seen = Set.of();

        @Override
        public Batch poll(Duration maxWait) throws SourceException, InterruptedException {
            if (pending.isEmpty()) {
                Duration early = Duration.between(context.clock().instant(), next);
                if (early.compareTo(Duration.ZERO) > 0) {
                    context.pause(early.compareTo(maxWait) < 0 ? early : maxWait);
                    return Batch.empty();
                }
                next = context.clock().instant().plus(every);
                HttpRequest request = HttpRequest.newBuilder(uri)
                        .timeout(TIMEOUT)
                        .header("Accept", "application/json")
                        .build();
                pending = Optional.of(client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()));
            }
            return awaited(maxWait);
        }

        /** A slow answer is waited for by the polls that follow: each of them returns in time. */
        private Batch awaited(Duration maxWait) throws SourceException, InterruptedException {
            try {
                HttpResponse<byte[]> response = pending.get().get(maxWait.toMillis(), TimeUnit.MILLISECONDS);
                pending = Optional.empty();
                checkStatus(response);
                return batch(response.body());
            } catch (TimeoutException e) {
                return Batch.empty();
            } catch (ExecutionException e) {
                pending = Optional.empty();
                throw new SourceException(ErrorKind.TRANSIENT, "Cannot poll " + address() + ": " + e.getCause(), e);
            }
        }

        private Batch batch(byte[] body) {
            try {
                return Batch.of(onlyNew(mapping.events(JSON.readTree(body))));
            } catch (IOException | IllegalArgumentException e) {
                String id = context.instance() + "/" + address() + "/" + Arrays.hashCode(body);
                boolean isNew = !seen.contains(id);
                seen = Set.of(id);
                Reject reject = new Reject(id, "Cannot read the answer of " + address() + ": " + e.getMessage(), body);
                return new Batch(List.of(), isNew ? List.of(reject) : List.of(), Optional.empty());
            }
        }

        private List<Event> onlyNew(List<Event> events) {
            List<Event> fresh =
                    events.stream().filter(event -> !seen.contains(event.id())).toList();
            seen = new HashSet<>(events.stream().map(Event::id).toList());
            return fresh;
        }

        private void checkStatus(HttpResponse<byte[]> response) throws SourceException {
            int status = response.statusCode();
            String message = "Cannot poll " + address() + ": status " + status;
            if (status == 429) {
                throw SourceException.rateLimited(message, retryAfter(response));
            }
            if (status / 100 != 2) {
                throw new SourceException(kind(status), message);
            }
        }

        @Override
        public void close() {
            pending.ifPresent(call -> call.cancel(true));
        }
    }

    private static ErrorKind kind(int status) {
        return switch (status) {
            case 401, 403 -> ErrorKind.UNAUTHORIZED;
            case 400, 404, 410 -> ErrorKind.MISCONFIGURED;
            default -> status >= 500 ? ErrorKind.TRANSIENT : ErrorKind.PROTOCOL;
        };
    }

    private static Duration retryAfter(HttpResponse<byte[]> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(DEFAULT_RETRY);
    }

    /** Without the query, which may hold a key. */
    private String address() {
        return uri.getScheme() + "://" + uri.getAuthority() + uri.getPath();
    }
}
