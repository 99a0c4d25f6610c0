package candlestack.ingest.feeds.http;

import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.feeds.mapping.Json;
import candlestack.ingest.feeds.mapping.MappingException;
import candlestack.ingest.http.BoundedBody;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** What an answer, or its absence, means. */
final class Verdict {
    private static final Duration LONGEST_ASKED = Duration.ofDays(1);

    private Verdict() {}

    /** @throws SourceException if the answer is not what was asked for */
    static Exchange.Answer answer(HttpResponse<byte[]> response, Exchange.Known known, int mostBytes)
            throws SourceException {
        int status = response.statusCode();
        if (status == 304) {
            return new Exchange.Answer(Optional.empty(), known);
        }
        if (status < 200 || status >= 300) {
            throw refusal(response);
        }
        Exchange.Known now = new Exchange.Known(
                response.headers().firstValue("etag"), response.headers().firstValue("last-modified"));
        return new Exchange.Answer(Optional.of(document(response, mostBytes)), now);
    }

    /** Nobody answered, or not to the end. */
    static SourceException failure(URI address, Throwable cause) {
        ErrorKind kind = cause instanceof BoundedBody.TooLargeException ? ErrorKind.PROTOCOL : ErrorKind.TRANSIENT;
        return new SourceException(kind, "Cannot poll " + place(address) + ": " + words(cause), cause);
    }

    /** The address without its query, which may have a key in it. */
    static String place(URI address) {
        String host = address.getRawAuthority() == null ? "" : address.getRawAuthority();
        return address.getScheme() + "://" + host + address.getRawPath();
    }

    private static SourceException refusal(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        String message = "Cannot poll " + place(response.uri()) + ": status " + status;
        Optional<Duration> asked = retryAfter(response);
        if (status == 429 || (status == 503 && asked.isPresent())) {
            return SourceException.rateLimited(
                    message + ", asked too often; raise interval", asked.orElse(Duration.ZERO));
        }
        if (status == 401 || status == 403) {
            return new SourceException(
                    ErrorKind.UNAUTHORIZED, message + ", not let in; see headers and query of this source");
        }
        if (status == 408 || status >= 500) {
            return new SourceException(ErrorKind.TRANSIENT, message);
        }
        return new SourceException(ErrorKind.PROTOCOL, message + "; see its url");
    }

    /** In seconds, or as a date. */
    private static Optional<Duration> retryAfter(HttpResponse<?> response) {
        Optional<String> written = response.headers().firstValue("retry-after").map(String::strip);
        if (written.isEmpty()) {
            return Optional.empty();
        }
        try {
            Duration asked = written.get().matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(written.get()))
                    : Duration.between(sent(response), date(written.get()));
            Duration bounded = asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked;
            return Optional.of(bounded.isNegative() ? Duration.ZERO : bounded);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** By the server's own clock, which its other date is of too. */
    private static Instant sent(HttpResponse<?> response) {
        return date(response.headers().firstValue("date").orElse(""));
    }

    private static Instant date(String text) {
        return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    }

    private static JsonNode document(HttpResponse<byte[]> response, int mostBytes) throws SourceException {
        try {
            return Json.parse(unpacked(response, mostBytes));
        } catch (MappingException e) {
            throw new SourceException(
                    ErrorKind.PROTOCOL,
                    "Cannot understand the answer of " + place(response.uri()) + ": " + e.getMessage(),
                    e);
        }
    }

    private static byte[] unpacked(HttpResponse<byte[]> response, int mostBytes) throws SourceException {
        String encoding = response.headers()
                .firstValue("content-encoding")
                .orElse("identity")
                .strip()
                .toLowerCase(Locale.ROOT);
        if (encoding.equals("identity") || encoding.isEmpty()) {
            return response.body();
        }
        try {
            if (!encoding.equals("gzip") && !encoding.equals("x-gzip")) {
                throw new IOException("it is packed as '" + encoding + "', which was not asked for");
            }
            byte[] body = new GZIPInputStream(new ByteArrayInputStream(response.body())).readNBytes(mostBytes + 1);
            if (body.length > mostBytes) {
                throw new BoundedBody.TooLargeException(mostBytes);
            }
            return body;
        } catch (IOException e) {
            throw new SourceException(
                    ErrorKind.PROTOCOL, "Cannot read the answer of " + place(response.uri()) + ": " + words(e), e);
        }
    }

    /** The JDK's client often has no message at all. */
    private static String words(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                return "its name is not known; is there a network?";
            }
            if (cause instanceof BoundedBody.TooLargeException) {
                return cause.getMessage() + "; raise most-mebibytes, or ask for less";
            }
            if (cause instanceof HttpTimeoutException) {
                return "no connection in time";
            }
        }
        if (failure instanceof ConnectException) {
            return "the connection was refused";
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
