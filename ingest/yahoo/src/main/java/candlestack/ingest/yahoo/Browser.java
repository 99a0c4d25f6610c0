package candlestack.ingest.yahoo;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.SourceException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks as a web browser does: to anything else Yahoo says 401 or 429, whatever the crumb. */
final class Browser {
    private static final Duration HEADERS_WITHIN = Duration.ofSeconds(10);
    private static final int MOST_REDIRECTS = 8;

    private final Gate gate;
    private final String userAgent;

    Browser(Gate gate, String userAgent) {
        this.gate = requireNonNull(gate, "gate is null");
        this.userAgent = requireNonNull(userAgent, "userAgent is null");
    }

    Gate gate() {
        return gate;
    }

    Answer get(URI uri, Cookies cookies) throws SourceException, InterruptedException {
        return gate.ask(request(uri, cookies).GET().build());
    }

    /** Asks only for what has changed since the answer that had this tag. */
    Answer get(URI uri, Cookies cookies, String entityTag) throws SourceException, InterruptedException {
        return gate.ask(
                request(uri, cookies).header("If-None-Match", entityTag).GET().build());
    }

    Answer post(URI uri, Cookies cookies, Map<String, String> form) throws SourceException, InterruptedException {
        String body = form.entrySet().stream()
                .map(field -> Endpoints.encoded(field.getKey()) + "=" + Endpoints.encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return gate.ask(request(uri, cookies)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    /** Goes where it is sent, collecting cookies on the way. */
    Visit visit(Answer first, Cookies cookies) throws SourceException, InterruptedException {
        Answer answer = first;
        Cookies collected = cookies.with(first.setCookie());
        for (int n = 0; answer.isRedirect() && answer.location().isPresent(); n++) {
            if (n == MOST_REDIRECTS) {
                throw gate.misunderstood("Cannot visit " + first.place() + ": more than " + n + " redirects");
            }
            answer = get(answer.location().get(), collected);
            collected = collected.with(answer.setCookie());
        }
        return new Visit(answer, collected);
    }

    /** Where redirects led to, and all cookies by then. */
    record Visit(Answer answer, Cookies cookies) {}

    private HttpRequest.Builder request(URI uri, Cookies cookies) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(uri)
                .timeout(HEADERS_WITHIN)
                .header("User-Agent", userAgent)
                .header("Accept", "*/*")
                .header("Accept-Language", "en-US,en;q=0.9");
        return cookies.isEmpty() ? builder : builder.header("Cookie", cookies.header());
    }
}
