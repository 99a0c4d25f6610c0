package candlestack.ingest.yahoo;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.ErrorKind;
import candlestack.ingest.api.Position;
import candlestack.ingest.api.SourceException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Until when each symbol was measured: asked for, or streamed. What all were measured until is the source's position.
 * One thread.
 */
final class Coverage {
    private static final String FIELD = "measured-until";
    private static final Duration STEP = Duration.ofSeconds(2);

    private final Map<String, Optional<Instant>> measured = new HashMap<>();
    private Instant given = Instant.MIN;

    Coverage(Collection<String> symbols, Optional<Position> position) throws SourceException {
        requireNonNull(position, "position is null");
        Optional<Instant> until = position.isPresent() ? Optional.of(parsed(position.get())) : Optional.empty();
        symbols.forEach(symbol -> measured.put(symbol, until));
    }

    /** Empty if it never was. */
    Optional<Instant> measuredUntil(String symbol) {
        return measured.getOrDefault(symbol, Optional.empty());
    }

    void measured(String symbol, Instant now) {
        measured.put(symbol, Optional.of(now));
    }

    /** There is nothing to measure, and no reason to wait for it. */
    void ignore(String symbol) {
        measured.remove(symbol);
    }

    /** What all were measured until, where that is later by a step than what was given before. */
    Optional<Position> advance() {
        if (measured.isEmpty() || measured.containsValue(Optional.<Instant>empty())) {
            return Optional.empty();
        }
        Instant all = measured.values().stream()
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        if (given.plus(STEP).isAfter(all)) {
            return Optional.empty();
        }
        given = all;
        return Optional.of(Position.of(FIELD, all.toString()));
    }

    private static Instant parsed(Position position) throws SourceException {
        try {
            return Instant.parse(position.text(FIELD).orElse(""));
        } catch (DateTimeParseException e) {
            throw new SourceException(
                    ErrorKind.POSITION_LOST,
                    "Cannot read position " + position.fields() + ": expected " + FIELD + " and a time",
                    e);
        }
    }
}
