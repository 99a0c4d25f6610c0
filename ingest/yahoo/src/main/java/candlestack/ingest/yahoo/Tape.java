package candlestack.ingest.yahoo;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.EventIds;
import candlestack.ingest.api.Quote;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Makes quotes of snapshots: each price once, in order, and with what was traded since the one before. One thread.
 *
 * <p>A quote's number is a thousand times its time in milliseconds, plus 1 for each further one of that millisecond. So
 * it is the same when the same is read again, and it grows: what comes late or twice, from the stream after the poll or
 * after a restart, is known by it here and by analytics.
 */
final class Tape {
    /** A volume that falls is a correction, unless it was last told so long ago: then a new session has begun. */
    private static final Duration SHORTEST_PAUSE_OF_SESSIONS = Duration.ofMinutes(30);

    /** No session is silent for so long: a volume after it is of a new one, even if it is higher. */
    private static final Duration LONGEST_SILENCE_OF_A_SESSION = Duration.ofHours(8);

    private static final long NUMBERS_A_MILLISECOND = 1000;

    /** A price from further ahead is a mistake: the prices after it are not to be taken for old ones. */
    private static final Duration MOST_AHEAD = Duration.ofMinutes(1);

    private final String instance;
    private final Clock clock;
    private final Map<String, Last> lasts = new HashMap<>();
    private final Map<String, Instant> ahead = new HashMap<>();
    private long dropped;

    /** @param volumeTime when {@code dayVolume} was told: prices around regular hours come without */
    private record Last(long number, Instant time, BigDecimal price, OptionalLong dayVolume, Instant volumeTime) {
        static Last of(long number, Snapshot snapshot, Last before) {
            boolean keeps = snapshot.dayVolume().isEmpty() && before != null;
            return new Last(
                    number,
                    snapshot.time(),
                    snapshot.price(),
                    keeps ? before.dayVolume() : snapshot.dayVolume(),
                    keeps ? before.volumeTime() : snapshot.time());
        }
    }

    /** @param instance the source's name; with the symbol it names the sequence of the numbers */
    Tape(String instance, Clock clock) {
        this.instance = requireNonNull(instance, "instance is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Empty if it is older than what was seen of the symbol, or the same. */
    Optional<Quote> quote(Snapshot snapshot) {
        if (snapshot.time().isAfter(clock.instant().plus(MOST_AHEAD))) {
            return fromTheFuture(snapshot);
        }
        Last last = lasts.get(snapshot.symbol());
        if (last != null && (snapshot.time().isBefore(last.time()) || repeats(snapshot, last))) {
            dropped++;
            return Optional.empty();
        }
        long number = number(snapshot.time(), last);
        OptionalLong size = size(snapshot, last);
        lasts.put(snapshot.symbol(), Last.of(number, snapshot, last));
        return Optional.of(quote(snapshot, number, size));
    }

    /** Becomes a dead letter further on; each time once. */
    private Optional<Quote> fromTheFuture(Snapshot snapshot) {
        Instant before = ahead.put(snapshot.symbol(), snapshot.time());
        return snapshot.time().equals(before)
                ? Optional.empty()
                : Optional.of(quote(snapshot, number(snapshot.time(), null), OptionalLong.empty()));
    }

    private Quote quote(Snapshot snapshot, long number, OptionalLong size) {
        Quote.Builder quote =
                Quote.of(id(snapshot.symbol(), number), snapshot.symbol(), snapshot.time(), snapshot.price());
        size.ifPresent(units -> quote.size(BigDecimal.valueOf(units)));
        snapshot.bid().ifPresent(quote::bid);
        snapshot.ask().ifPresent(quote::ask);
        snapshot.currency().ifPresent(quote::currency);
        snapshot.exchange()
                .ifPresent(exchange -> quote.exchange(snapshot.phase().mark(exchange)));
        return quote.build();
    }

    /**
     * A price out of a bar of the past. Empty if it is not after all that was seen of the symbol: what was measured
     * stays.
     *
     * @param size 0 if unknown
     */
    Optional<Quote> filled(String symbol, Instant time, BigDecimal price, long size, Optional<String> currency) {
        Last last = lasts.get(symbol);
        if (last != null && !time.isAfter(last.time())) {
            dropped++;
            return Optional.empty();
        }
        long number = number(time, null);
        // What was traded since the snapshot before is in the bars; the next one begins to count anew.
        lasts.put(symbol, new Last(number, time, price, OptionalLong.empty(), time));
        Quote.Builder quote = Quote.of(id(symbol, number), symbol, time, price);
        if (size > 0) {
            quote.size(BigDecimal.valueOf(size));
        }
        currency.ifPresent(quote::currency);
        return Optional.of(quote.build());
    }

    /** The event time of the last quote of a symbol. */
    Optional<Instant> lastTime(String symbol) {
        return Optional.ofNullable(lasts.get(symbol)).map(Last::time);
    }

    /** How many snapshots were older than or the same as what was seen. */
    long dropped() {
        return dropped;
    }

    private String id(String symbol, long number) {
        return EventIds.numbered(instance + '/' + symbol, number);
    }

    private static long number(Instant time, Last last) {
        long number = time.toEpochMilli() * NUMBERS_A_MILLISECOND;
        return last != null && last.number() >= number ? last.number() + 1 : number;
    }

    /** The same price and volume, at the same time or at that time without its milliseconds. */
    private static boolean repeats(Snapshot snapshot, Last last) {
        boolean same = snapshot.price().compareTo(last.price()) == 0
                && (snapshot.dayVolume().isEmpty()
                        || last.dayVolume().isEmpty()
                        || snapshot.dayVolume().equals(last.dayVolume()));
        Instant second = last.time().truncatedTo(ChronoUnit.SECONDS);
        boolean polledBefore =
                second.equals(last.time()) && second.equals(snapshot.time().truncatedTo(ChronoUnit.SECONDS));
        return same && (snapshot.time().equals(last.time()) || polledBefore);
    }

    /** What the day's volume grew by; all of it where a new session has begun. */
    private static OptionalLong size(Snapshot snapshot, Last last) {
        if (last == null || last.dayVolume().isEmpty() || snapshot.dayVolume().isEmpty()) {
            return OptionalLong.empty();
        }
        long now = snapshot.dayVolume().getAsLong();
        long before = last.dayVolume().getAsLong();
        boolean sessionBegan = sessionBegan(Duration.between(last.volumeTime(), snapshot.time()), now < before);
        long size = sessionBegan ? now : Math.max(0, now - before);
        return size > 0 ? OptionalLong.of(size) : OptionalLong.empty();
    }

    private static boolean sessionBegan(Duration silence, boolean fell) {
        return silence.compareTo(LONGEST_SILENCE_OF_A_SESSION) >= 0
                || (fell && silence.compareTo(SHORTEST_PAUSE_OF_SESSIONS) >= 0);
    }
}
