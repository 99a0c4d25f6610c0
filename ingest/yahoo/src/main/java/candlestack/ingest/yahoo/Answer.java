package candlestack.ingest.yahoo;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One answer over HTTP, read to its end. */
record Answer(URI uri, int status, HttpHeaders headers, String body) {
    Answer {
        requireNonNull(uri, "uri is null");
        requireNonNull(headers, "headers is null");
        requireNonNull(body, "body is null");
    }

    List<String> setCookie() {
        return headers.allValues("set-cookie");
    }

    boolean isRedirect() {
        return status >= 300 && status < 400 && status != 304;
    }

    Optional<URI> location() {
        try {
            return headers.firstValue("location").map(uri::resolve);
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    /** How long Yahoo asks to be left alone; empty where it does not say so in seconds. */
    Optional<Duration> retryAfter() {
        return headers.firstValue("retry-after")
                .filter(text -> text.matches("\\d{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    /** The host and path, without the query: that has the crumb in it. */
    String place() {
        return uri.getHost() + uri.getPath();
    }
}
