package candlestack.ingest.runner;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** What can be told about a source. Written by its thread, read by any. */
final class SourceStatus {
    private static final long WINDOW_NANOS = 10_000_000_000L;
    private static final int MOST_LOGGED_A_WINDOW = 20;

    /** A poll may take its longest wait and a second; what takes longer than this is stuck. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Of a method's first call, which loads its classes: with all else that starts on a busy machine, slowly. */
    private static final Duration FIRST_PATIENCE = Duration.ofSeconds(30);

    private final AtomicLong published;
    private final AtomicLong rejected;
    private long windowNanos = System.nanoTime();
    private int logged;
    private final List<String> problems;
    private final Set<String> returned = new HashSet<>();

    private volatile State state;
    private volatile long backlog;
    private volatile Optional<Boolean> history = Optional.empty();
    private volatile Optional<Failure> lastFailure = Optional.empty();
    private volatile Optional<Instant> retryAt = Optional.empty();
    private volatile Optional<String> notice = Optional.empty();
    private volatile Optional<Call> call = Optional.empty();

    /** What a source is doing. */
    enum State {
        /** Switched off in the configuration. */
        DISABLED,
        /** Cannot run until somebody changes something. */
        MISCONFIGURED,
        /** Waits for Kafka and its topics. */
        WAITING,
        /** Is being opened. */
        OPENING,
        RUNNING,
        /** Failed and is tried again at a known time. */
        RETRYING,
        STOPPED
    }

    /** The last thing that went wrong. */
    record Failure(String kind, String message, Instant time) {}

    /**
     * A call into the source that has not returned. Times are of {@link System#nanoTime}.
     *
     * @param patience how long it may take
     */
    record Call(String method, long sinceNanos, Duration patience) {
        Duration lasts(long nowNanos) {
            return Duration.ofNanos(nowNanos - sinceNanos);
        }

        boolean isStuck(long nowNanos) {
            return lasts(nowNanos).compareTo(patience) >= 0;
        }
    }

    SourceStatus(State state, List<String> problems) {
        this(state, problems, new AtomicLong(), new AtomicLong());
    }

    private SourceStatus(State state, List<String> problems, AtomicLong published, AtomicLong rejected) {
        this.state = state;
        this.problems = List.copyOf(problems);
        this.published = published;
        this.rejected = rejected;
    }

    /** Of the source that takes this one's place: it goes on counting. */
    SourceStatus successor(State next, List<String> nextProblems) {
        return new SourceStatus(next, nextProblems, published, rejected);
    }

    State state() {
        return state;
    }

    void enter(State next) {
        state = next;
        if (next != State.RETRYING) {
            retryAt = Optional.empty();
        }
    }

    void failed(Failure failure) {
        lastFailure = Optional.of(failure);
    }

    void retryAt(Instant time) {
        state = State.RETRYING;
        retryAt = Optional.of(time);
    }

    /** @return whether it says something new */
    boolean notice(String text) {
        boolean isNew = !notice.equals(Optional.of(text));
        notice = Optional.of(text);
        return isNew;
    }

    /** Whether something of this source may be logged again: one that talks all the time does not fill the disk. */
    synchronized boolean mayLog() {
        long now = System.nanoTime();
        if (now - windowNanos > WINDOW_NANOS) {
            windowNanos = now;
            logged = 0;
        }
        return logged++ < MOST_LOGGED_A_WINDOW;
    }

    /** After a poll: what is known to wait at the source. */
    void backlog(long events) {
        backlog = events;
        if (history.isEmpty()) {
            history = Optional.of(events > 0);
        }
    }

    /** Whether there was something to catch up with when it began; empty before its first poll has returned. */
    Optional<Boolean> hadBacklog() {
        return history;
    }

    void calling(String method) {
        Duration patience = returned.contains(method) ? PATIENCE : FIRST_PATIENCE;
        call = Optional.of(new Call(method, System.nanoTime(), patience));
    }

    void returned() {
        call.map(Call::method).ifPresent(returned::add);
        call = Optional.empty();
    }

    /** Counts a record that Kafka has acknowledged. */
    void countPublished() {
        published.incrementAndGet();
    }

    /** Counts a dead letter that Kafka has acknowledged. */
    void countRejected() {
        rejected.incrementAndGet();
    }

    long published() {
        return published.get();
    }

    long rejected() {
        return rejected.get();
    }

    /** Events known to wait at the source. */
    long backlog() {
        return backlog;
    }

    Optional<Failure> lastFailure() {
        return lastFailure;
    }

    Optional<Instant> retryAt() {
        return retryAt;
    }

    Optional<String> notice() {
        return notice;
    }

    Optional<Call> call() {
        return call;
    }

    /** Why it cannot run. */
    List<String> problems() {
        return problems;
    }
}
