package candlestack.ingest.yahoo;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.SourceContext;
import candlestack.ingest.api.SourceException;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every request over HTTP goes through here: not while Yahoo is to be left alone, not while it keeps failing, and no
 * faster than the budget allows. One thread.
 */
final class Gate {
    private static final Duration FIRST_UNREACHED = Duration.ofSeconds(2);
    private static final Duration LONGEST_UNREACHED = Duration.ofSeconds(45);

    private final SourceContext context;
    private final Wire wire;
    private final Limits limits;
    private final Backoff backoff;
    private int unreached;
    private Instant unreachedUntil = Instant.MIN;

    Gate(SourceContext context, Wire wire, Limits limits, Backoff backoff) {
        this.context = requireNonNull(context, "context is null");
        this.wire = requireNonNull(wire, "wire is null");
        this.limits = requireNonNull(limits, "limits is null");
        this.backoff = requireNonNull(backoff, "backoff is null");
    }

    /**
     * Waits for its turn and asks.
     *
     * @return an answer of any status below 500 but 429
     * @throws SourceException if Yahoo is left alone for now, refuses for the rate, fails or cannot be reached
     */
    Answer ask(HttpRequest request) throws SourceException, InterruptedException {
        checkHold();
        checkBreaker();
        try {
            context.pause(limits.budget().take(context.clock().instant()));
            Answer answer = wire.send(request);
            unreached = 0;
            judge(answer);
            return answer;
        } catch (IOException e) {
            if (Causes.isUnreachable(e)) {
                throw unreached(request, e);
            }
            unreached = 0;
            limits.breaker().onError(0, MILLISECONDS, e);
            throw failed(ErrorKind.TRANSIENT, "Cannot reach " + place(request) + ": " + Causes.of(e), Optional.empty());
        } catch (InterruptedException e) {
            limits.breaker().releasePermission();
            throw e;
        }
    }

    /** When Yahoo may be asked again; in the past if it may be asked now. */
    Instant hold() {
        return Stream.of(backoff.state().until(), limits.hold(), unreachedUntil)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** An answer came that was understood. */
    void understood() {
        backoff.succeeded();
    }

    /** How long it is until the budget has room for a request. */
    Duration turn() {
        return limits.budget().wait(context.clock().instant());
    }

    /** An answer came that was not: counts as a failure. Returns what is to be thrown. */
    SourceException misunderstood(String message) {
        limits.breaker().onError(0, MILLISECONDS, new IOException(message));
        return failed(ErrorKind.PROTOCOL, message, Optional.empty());
    }

    /** Yahoo lets nobody in: it is left alone for a while. Returns what is to be thrown. */
    SourceException shutOut(String message) {
        return failed(ErrorKind.UNAUTHORIZED, message, Optional.empty());
    }

    /** Without a network Yahoo is not troubled by trying: it neither counts as a failure nor is waited for so long. */
    private SourceException unreached(HttpRequest request, IOException e) {
        limits.breaker().releasePermission();
        Duration doubled = FIRST_UNREACHED.multipliedBy(1L << Math.min(unreached, 10));
        unreached++;
        unreachedUntil =
                context.clock().instant().plus(doubled.compareTo(LONGEST_UNREACHED) > 0 ? LONGEST_UNREACHED : doubled);
        return new SourceException(ErrorKind.TRANSIENT, "Cannot reach " + place(request) + ": " + Causes.of(e), e);
    }

    private void checkHold() throws SourceException {
        Instant now = context.clock().instant();
        Instant until = hold();
        if (until.isAfter(now)) {
            String message = "Cannot ask Yahoo Finance: it is left alone until " + until.truncatedTo(ChronoUnit.SECONDS)
                    + ", after " + backoff.state().failures() + " refused or failed requests";
            throw SourceException.rateLimited(message, Duration.between(now, until));
        }
    }

    private void checkBreaker() throws SourceException {
        if (!limits.breaker().tryAcquirePermission()) {
            throw SourceException.rateLimited(
                    "Cannot ask Yahoo Finance: most of the last requests failed; trying again within a minute",
                    Limits.OPEN);
        }
    }

    private void judge(Answer answer) throws SourceException {
        if (refusesForRate(answer)) {
            limits.breaker().releasePermission();
            throw failed(
                    ErrorKind.RATE_LIMITED,
                    "Cannot ask " + answer.place() + ": too many requests (status " + answer.status()
                            + "); lower requests-per-minute, or watch fewer symbols",
                    answer.retryAfter());
        }
        if (answer.status() >= 500) {
            String message = "Cannot ask " + answer.place() + ": status " + answer.status();
            limits.breaker().onError(0, MILLISECONDS, new IOException(message));
            throw failed(ErrorKind.TRANSIENT, message, answer.retryAfter());
        }
        limits.breaker().onSuccess(0, MILLISECONDS);
    }

    /** 999 is what Yahoo's front says instead of 429; and some of its hosts say so with status 200. */
    private static boolean refusesForRate(Answer answer) {
        return answer.status() == 429
                || answer.status() == 999
                || answer.body().stripLeading().startsWith("Too Many Requests");
    }

    private SourceException failed(ErrorKind kind, String message, Optional<Duration> asked) {
        Instant now = context.clock().instant();
        backoff.failed(kind, asked, now);
        limits.holdUntil(backoff.state().until());
        return kind == ErrorKind.RATE_LIMITED
                ? SourceException.rateLimited(
                        message, Duration.between(now, backoff.state().until()))
                : new SourceException(kind, message);
    }

    private static String place(HttpRequest request) {
        return request.uri().getHost() + request.uri().getPath();
    }
}
