package candlestack.ingest.yahoo;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.ErrorKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long Yahoo is left alone after it refused or failed: twice as long each time, with jitter, and also over a
 * restart. One thread.
 */
final class Backoff {
    private static final Duration FIRST_REFUSED = Duration.ofMinutes(1);
    private static final Duration LONGEST_REFUSED = Duration.ofHours(1);
    private static final Duration FIRST_FAILED = Duration.ofSeconds(2);
    private static final Duration LONGEST_FAILED = Duration.ofMinutes(5);

    private final PrivateFile file;
    private final RandomGenerator random;
    private State state;

    /**
     * @param until when Yahoo may be asked again
     * @param failures in a row
     */
    record State(ErrorKind kind, Instant until, int failures) {
        static final State CALM = new State(ErrorKind.TRANSIENT, Instant.EPOCH, 0);
    }

    Backoff(Path directory, RandomGenerator random) {
        this.file = new PrivateFile(directory.resolve("backoff.properties"));
        this.random = requireNonNull(random, "random is null");
        this.state = file.read().flatMap(Backoff::parsed).orElse(State.CALM);
    }

    State state() {
        return state;
    }

    void succeeded() {
        if (state.failures() > 0) {
            state = State.CALM;
            file.delete();
        }
    }

    /** @param asked how long Yahoo asked for; it is never left alone for less */
    void failed(ErrorKind kind, Optional<Duration> asked, Instant now) {
        int failures = state.failures() + 1;
        boolean refused = kind == ErrorKind.RATE_LIMITED || kind == ErrorKind.UNAUTHORIZED;
        Duration wait =
                doubled(refused ? FIRST_REFUSED : FIRST_FAILED, refused ? LONGEST_REFUSED : LONGEST_FAILED, failures);
        Duration jittered = wait.plusMillis((long) (wait.toMillis() * random.nextDouble() / 4));
        Duration least = asked.orElse(Duration.ZERO);
        Instant until = now.plus(least.compareTo(jittered) > 0 ? least : jittered);
        state = new State(kind, until.isAfter(state.until()) ? until : state.until(), failures);
        file.write(
                Map.of("kind", kind.name(), "until", state.until().toString(), "failures", Integer.toString(failures)));
    }

    private static Duration doubled(Duration first, Duration longest, int failures) {
        Duration wait = first.multipliedBy(1L << Math.min(failures - 1, 20));
        return wait.compareTo(longest) > 0 ? longest : wait;
    }

    private static Optional<State> parsed(Map<String, String> values) {
        try {
            return Optional.of(new State(
                    ErrorKind.valueOf(values.getOrDefault("kind", "")),
                    Instant.parse(values.getOrDefault("until", "")),
                    Integer.parseInt(values.getOrDefault("failures", ""))));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
