package candlestack.ingest.runner;

import candlestack.ingest.api.Position;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What of one source is on its way to Kafka. Partitions acknowledge in any order, so a position counts only when every
 * record up to it is there.
 *
 * <p>The source's thread begins tickets, the producer's completes them, the host asks. Once a record has failed nothing
 * more is acknowledged: the source is to be opened again, with new deliveries.
 */
final class Deliveries {
    private final Deque<Ticket> open = new ArrayDeque<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong messages = new AtomicLong();
    private final LongSupplier mostBytes;

    private Optional<Position> acknowledged = Optional.empty();
    private volatile Throwable failure;

    /** @param mostBytes how much may be on its way; asked each time */
    Deliveries(LongSupplier mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** All records up to a position. */
    final class Ticket {
        private final Optional<Position> position;
        private final AtomicInteger missing;
        private final int count;
        private final long begunNanos = System.nanoTime();
        private int given;

        private Ticket(Optional<Position> position, int messages) {
            this.position = position;
            this.missing = new AtomicInteger(messages);
            this.count = messages;
        }

        /** One record is at the broker, or will never be. Any thread. */
        void complete(int size, Exception problem) {
            if (problem == null) {
                missing.decrementAndGet();
            } else {
                failure = problem;
            }
            messages.decrementAndGet();
            giveBack(size);
        }

        /** The producer has one more of them. The source's thread, as the next. */
        void gave() {
            given++;
        }

        /**
         * The producer gets no more of them. Nobody waits for the others, and the position never counts: what comes
         * after it neither. What the producer has will arrive, and is waited for.
         */
        void breakOff() {
            messages.addAndGet(given - count);
        }
    }

    /** The room that was taken for a record which is no longer on its way. Any thread. */
    void giveBack(int size) {
        long left = bytes.addAndGet(-size);
        long most = mostBytes.getAsLong();
        if (left <= most && left + size > most) {
            wake();
        }
    }

    /** @param count how many records will be completed; with none, the position is as good as those before it */
    synchronized Ticket begin(int count, Optional<Position> position) {
        Ticket ticket = new Ticket(position, count);
        open.add(ticket);
        messages.addAndGet(count);
        return ticket;
    }

    /** Waits until there is room for a record, and takes it. Returns also when a record has failed. */
    void awaitRoom(int size) throws InterruptedException {
        if (bytes.get() > mostBytes.getAsLong()) {
            synchronized (this) {
                while (bytes.get() > mostBytes.getAsLong() && failure == null) {
                    wait(100);
                }
            }
        }
        bytes.addAndGet(size);
    }

    /** The last position with all records up to it acknowledged; empty if there is none yet. */
    synchronized Optional<Position> acknowledged() {
        while (!open.isEmpty() && open.peek().missing.get() == 0) {
            Optional<Position> position = open.poll().position;
            acknowledged = position.or(() -> acknowledged);
        }
        return acknowledged;
    }

    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** Records that Kafka has not acknowledged. */
    long inFlight() {
        return messages.get();
    }

    /** How long the oldest of them has waited. */
    synchronized Duration oldest() {
        acknowledged();
        return open.isEmpty() ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - open.peek().begunNanos);
    }

    private synchronized void wake() {
        notifyAll();
    }
}
