package candlestack.ingest.api;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * An open source. All calls come from one thread, the one that opened it.
 *
 * <p>A reader that has thrown is closed and not polled again; the host opens a new one at the last position it got.
 */
public interface SourceReader extends AutoCloseable {
    /**
     * Waits for events no longer than {@code maxWait} and returns what is there. To return early with little is right,
     * to return later than {@code maxWait} plus a second is not. The host does not poll while Kafka is behind: that is
     * the back-pressure, so buffer no more than is worth keeping.
     *
     * @return events in the order they are to be published, and what had to be refused; {@link Batch#empty()} if none
     * @throws SourceException if it cannot go on; of what kind decides what the host does
     * @throws InterruptedException if the thread was interrupted, which means "stop"
     */
    Batch poll(Duration maxWait) throws SourceException, InterruptedException;

    /**
     * Kafka has all events up to {@code position}, which some earlier batch carried, and the position is on disk: the
     * source will never be opened before it again, and whatever is kept for reading again may go. Called between polls,
     * within a second or so; positions may be skipped, never repeated or out of order.
     *
     * <p>A source that decides something at its first start, such as what to shift times by, gives a batch with nothing
     * but a position and waits for this call before it sends what depends on it.
     */
    default void acknowledged(Position position) {}

    /** How many events are known to wait at the source, unread; empty where that cannot be known cheaply. */
    default OptionalLong backlog() {
        return OptionalLong.empty();
    }

    /** Frees everything within a second and ends every thread of its own. A second call does nothing. */
    @Override
    void close();
}
