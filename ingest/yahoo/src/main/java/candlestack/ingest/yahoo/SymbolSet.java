package candlestack.ingest.yahoo;

import java.util.List;
import java.util.Locale;

/** Symbols that are often watched together, by a name. */
enum SymbolSet {
    /** The thirty companies of the Dow Jones Industrial Average. */
    DOW_30,
    /** The world's best known share indices. */
    INDICES,
    /** The exchange rates that are traded most. */
    CURRENCIES,
    /** Large cryptocurrencies, in US dollars. */
    CRYPTO,
    /** Metals, energy and grain, as futures. */
    COMMODITIES,
    /** Funds of the eleven sectors of the US market. */
    SECTORS;

    List<String> symbols() {
        return Symbols.set(name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
}
