package candlestack.ingest.yahoo;

import candlestack.ingest.api.Batch;
import candlestack.ingest.api.Event;
import candlestack.ingest.api.Position;
import candlestack.ingest.api.Reject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What waits to be given to the host, in order. One thread. */
final class Outbox {
    private static final int MOST_EVENTS = 5000;

    private final Deque<Event> events = new ArrayDeque<>();
    private final List<Reject> rejects = new ArrayList<>();

    void add(Event event) {
        events.add(event);
    }

    void addAll(Collection<? extends Event> more) {
        events.addAll(more);
    }

    void add(Reject reject) {
        rejects.add(reject);
    }

    boolean isEmpty() {
        return events.isEmpty() && rejects.isEmpty();
    }

    /** @param position stands for all that waits; it goes with the last of it */
    Batch take(Optional<Position> position) {
        List<Event> taken = new ArrayList<>();
        while (taken.size() < MOST_EVENTS && !events.isEmpty()) {
            taken.add(events.remove());
        }
        List<Reject> refused = List.copyOf(rejects);
        rejects.clear();
        return new Batch(taken, refused, events.isEmpty() ? position : Optional.empty());
    }
}
