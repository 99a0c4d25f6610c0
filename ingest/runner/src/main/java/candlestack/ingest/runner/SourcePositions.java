package candlestack.ingest.runner;

import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.Position;
import candlestack.ingest.api.SourceException;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where one source is: what it has given, what Kafka has, and what is on disk. A source is always opened at what is on
 * disk. Thread-safe.
 */
final class SourcePositions {
    private static final Logger LOG = LoggerFactory.getLogger(SourcePositions.class);

    private final String source;
    private final PositionFile file;
    private final Supplier<Deliveries> newDeliveries;

    private volatile Deliveries deliveries;
    private Optional<Position> saved = Optional.empty();
    private Optional<Position> told = Optional.empty();
    private boolean isForgotten;
    private boolean isFailing;

    SourcePositions(String source, PositionFile file, Supplier<Deliveries> newDeliveries) {
        this.source = source;
        this.file = file;
        this.newDeliveries = newDeliveries;
        this.deliveries = newDeliveries.get();
    }

    /** Where to open the source; from here on new deliveries count. */
    synchronized Optional<Position> begin() throws SourceException {
        deliveries = newDeliveries.get();
        try {
            saved = isForgotten ? Optional.empty() : file.load();
        } catch (IOException e) {
            throw new SourceException(
                    ErrorKind.TRANSIENT, "Cannot read position of '" + source + "': " + e.getMessage(), e);
        }
        told = saved;
        return saved;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    /** The position on disk. */
    synchronized Optional<Position> saved() {
        return saved;
    }

    /** The position on disk, if it is newer than when this was last asked. */
    synchronized Optional<Position> newlySaved() {
        Optional<Position> news = saved.equals(told) ? Optional.empty() : saved;
        told = saved;
        return news;
    }

    /** Writes what Kafka has acknowledged. A disk that is full is said once and tried again at the next call. */
    synchronized void save() {
        Optional<Position> position = deliveries.acknowledged();
        if (position.isEmpty() || position.equals(saved)) {
            return;
        }
        try {
            file.save(position.get());
            saved = position;
            isForgotten = false;
            isFailing = false;
        } catch (IOException e) {
            if (!isFailing) {
                LOG.error("Cannot save position of '{}': {}; it is tried again every second", source, e.toString());
            }
            isFailing = true;
        }
    }

    /** Waits until all that was given is at Kafka and on disk, or can no longer be. */
    void settle() throws InterruptedException {
        Deliveries current = deliveries;
        while (current.inFlight() > 0 && current.failure().isEmpty()) {
            Thread.sleep(20);
        }
        save();
    }

    /** The position is of no use to the source: open it without one. The file stays until there is a new one. */
    synchronized void forget() {
        isForgotten = true;
    }
}
