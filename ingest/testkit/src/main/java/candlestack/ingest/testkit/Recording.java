package candlestack.ingest.testkit;

import candlestack.ingest.api.Batch;
import candlestack.ingest.api.Event;
import candlestack.ingest.api.Position;
import candlestack.ingest.api.Quote;
import candlestack.ingest.api.Reject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a source gave. */
public record Recording(List<Batch> batches) {
    public Recording {
        batches = List.copyOf(batches);
    }

    static Recording of(List<Batch> batches) {
        return new Recording(batches);
    }

    public List<Event> events() {
        return batches.stream().flatMap(batch -> batch.events().stream()).toList();
    }

    /** The events that are quotes. */
    public List<Quote> quotes() {
        return events().stream()
                .filter(Quote.class::isInstance)
                .map(Quote.class::cast)
                .toList();
    }

    public List<Reject> rejects() {
        return batches.stream().flatMap(batch -> batch.rejects().stream()).toList();
    }

    /** Of events and rejects, in each batch the events first. */
    public List<String> ids() {
        return batches.stream().flatMap(Recording::ids).toList();
    }

    static Stream<String> ids(Batch batch) {
        return Stream.concat(
                batch.events().stream().map(Event::id), batch.rejects().stream().map(Reject::id));
    }

    /** The last position. */
    public Optional<Position> position() {
        return batches.stream().flatMap(batch -> batch.position().stream()).reduce((earlier, later) -> later);
    }

    int size() {
        return batches.stream()
                .mapToInt(batch -> batch.events().size() + batch.rejects().size())
                .sum();
    }
}
