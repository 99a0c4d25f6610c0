package candlestack.ingest.api;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What one poll gave.
 *
 * @param events in the order they are to be published; keep it under some ten thousand
 * @param rejects what could not be turned into events; they become dead letters
 * @param position stands for everything up to and including this batch; empty if the source has no positions or this
 *     batch does not end at one
 */
public record Batch(List<Event> events, List<Reject> rejects, Optional<Position> position) {
    private static final Batch EMPTY = new Batch(List.of(), List.of(), Optional.empty());

    public Batch {
        events = List.copyOf(events);
        rejects = List.copyOf(rejects);
        requireNonNull(position, "position is null");
    }

    /** Nothing came. */
    public static Batch empty() {
        return EMPTY;
    }

    /** Events of a source without positions. */
    public static Batch of(List<? extends Event> events) {
        return new Batch(List.copyOf(events), List.of(), Optional.empty());
    }

    /** Events up to {@code position}. */
    public static Batch of(List<? extends Event> events, Position position) {
        return new Batch(List.copyOf(events), List.of(), Optional.of(position));
    }

    public boolean isEmpty() {
        return events.isEmpty() && rejects.isEmpty() && position.isEmpty();
    }
}
