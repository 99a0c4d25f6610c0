package candlestack.ingest.yahoo;

import static org.assertj.core.api.Assertions.fail;

import candlestack.ingest.api.Batch;
import candlestack.ingest.api.Event;
import candlestack.ingest.api.Instrument;
import candlestack.ingest.api.Position;
import candlestack.ingest.api.Quote;
import candlestack.ingest.api.Reject;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.api.SourceReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Polls a reader and keeps what came. */
final class Polls {
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private final SourceReader reader;
    private final List<Event> events = new ArrayList<>();
    private final List<Reject> rejects = new ArrayList<>();
    private Optional<Position> position = Optional.empty();

    Polls(SourceReader reader) {
        this.reader = reader;
    }

    /** Polls until the condition holds. */
    Polls until(Predicate<Polls> condition) throws SourceException, InterruptedException {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.test(this)) {
            if (System.nanoTime() > deadline) {
                fail("not within %s; %s events, rejects %s", DEADLINE, events.size(), rejects);
            }
            once();
        }
        return this;
    }

    void once() throws SourceException, InterruptedException {
        Batch batch = reader.poll(Duration.ofMillis(200));
        events.addAll(batch.events());
        rejects.addAll(batch.rejects());
        batch.position().ifPresent(value -> position = Optional.of(value));
    }

    List<Quote> quotes() {
        return events.stream()
                .filter(Quote.class::isInstance)
                .map(Quote.class::cast)
                .toList();
    }

    List<Quote> quotes(String symbol) {
        return quotes().stream().filter(quote -> quote.symbol().equals(symbol)).toList();
    }

    List<Instrument> instruments() {
        return events.stream()
                .filter(Instrument.class::isInstance)
                .map(Instrument.class::cast)
                .toList();
    }

    List<Reject> rejects() {
        return rejects;
    }

    Optional<Position> position() {
        return position;
    }
}
