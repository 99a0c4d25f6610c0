package candlestack.ingest.sources.market;

import candlestack.ingest.api.EventIds;
import candlestack.ingest.api.Instrument;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A simulated symbol. */
record Listing(String symbol, String name, Sector sector) {
    static final String EXCHANGE = "SIM";
    static final String CURRENCY = "USD";

    /** What moves together. */
    enum Sector {
        ENERGY("ENG", "Energy"),
        FINANCE("FIN", "Finance"),
        HEALTH("HLT", "Health"),
        INDUSTRY("IND", "Industry"),
        MATERIALS("MAT", "Materials"),
        RETAIL("RTL", "Retail"),
        TECHNOLOGY("TEC", "Technology"),
        TELECOM("TEL", "Telecommunication"),
        TRANSPORT("TRN", "Transport"),
        UTILITIES("UTL", "Utilities");

        private final String code;
        private final String label;

        Sector(String code, String label) {
            this.code = code;
            this.label = label;
        }
    }

    static List<Listing> of(int count) {
        return IntStream.range(0, count).mapToObj(Listing::numbered).toList();
    }

    static int sectors() {
        return Sector.values().length;
    }

    /** Which of the sectors the symbol with this index belongs to. */
    static int sectorOf(int index) {
        return index % sectors();
    }

    private static Listing numbered(int index) {
        Sector sector = Sector.values()[sectorOf(index)];
        int number = index / sectors() + 1;
        return new Listing(sector.code + number, sector.label + " " + number + " (simulated)", sector);
    }

    Instrument instrument(String stream, int index, Instant time) {
        return new Instrument(
                EventIds.numbered(stream, index),
                symbol,
                time,
                Optional.of(name),
                Optional.of(EXCHANGE),
                Optional.of(CURRENCY),
                Optional.of("SIMULATED"),
                Optional.of(sector.label));
    }
}
