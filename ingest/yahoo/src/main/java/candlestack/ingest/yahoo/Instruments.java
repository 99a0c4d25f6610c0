package candlestack.ingest.yahoo;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.EventIds;
import candlestack.ingest.api.Instrument;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What is known of each symbol besides its price; said once a day. One thread. */
final class Instruments {
    private final String instance;
    private final Sectors sectors;
    private final Map<String, Listing> listings = new HashMap<>();
    private final Map<String, LocalDate> said = new HashMap<>();

    /** @param instance the source's name */
    Instruments(String instance, Sectors sectors) {
        this.instance = requireNonNull(instance, "instance is null");
        this.sectors = requireNonNull(sectors, "sectors is null");
    }

    /** What to publish of this listing: nothing if that was done today. */
    Optional<Instrument> listed(Listing listing, Instant now) {
        listings.put(listing.symbol(), listing);
        LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
        if (listing.snapshots().isEmpty() || today.equals(said.put(listing.symbol(), today))) {
            return Optional.empty();
        }
        sectors.want(listing);
        return Optional.of(instrument(listing, now, today.toEpochDay() * 2));
    }

    /** The same with its sector, which has just become known. */
    Optional<Instrument> withSector(String symbol, Instant now) {
        long today = now.atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay();
        return Optional.ofNullable(listings.get(symbol)).map(listing -> instrument(listing, now, today * 2 + 1));
    }

    /** Adds the currency to a tick that came without. */
    Snapshot completed(Snapshot snapshot) {
        Listing listing = listings.get(snapshot.symbol());
        if (listing == null || snapshot.currency().isPresent()) {
            return snapshot;
        }
        return new Snapshot(
                snapshot.symbol(),
                snapshot.time(),
                snapshot.price(),
                snapshot.dayVolume(),
                snapshot.bid(),
                snapshot.ask(),
                listing.currency(),
                snapshot.exchange(),
                snapshot.phase());
    }

    /** How far Yahoo is behind for a symbol; none as long as it has not said so. */
    Duration delay(String symbol) {
        return Optional.ofNullable(listings.get(symbol)).map(Listing::delay).orElse(Duration.ZERO);
    }

    private Instrument instrument(Listing listing, Instant now, long number) {
        return new Instrument(
                EventIds.numbered(instance + "/instruments/" + listing.symbol(), number),
                listing.symbol(),
                now,
                listing.name(),
                listing.exchangeName(),
                listing.currency(),
                listing.type(),
                sectors.of(listing.symbol()));
    }
}
