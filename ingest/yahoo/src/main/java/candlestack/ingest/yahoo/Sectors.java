package candlestack.ingest.yahoo;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.SourceException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The sectors of shares. Quotes do not say them, so each costs a request of its own: made when nothing else is due, once
 * in the life of the cache. One thread.
 */
final class Sectors {
    /** For more symbols it is not worth the requests. */
    private static final int MOST = 500;

    private final YahooSession session;
    private final Endpoints endpoints;
    private final PrivateFile file;
    private final Map<String, String> known;
    private final Set<String> wanted = new LinkedHashSet<>();

    Sectors(YahooSession session, Endpoints endpoints, Path directory) {
        this.session = requireNonNull(session, "session is null");
        this.endpoints = requireNonNull(endpoints, "endpoints is null");
        this.file = new PrivateFile(directory.resolve("sectors.properties"));
        this.known = new TreeMap<>(file.read().orElse(Map.of()));
    }

    Optional<String> of(String symbol) {
        return Optional.ofNullable(known.get(symbol)).filter(sector -> !sector.isEmpty());
    }

    /** Only companies have one. */
    void want(Listing listing) {
        boolean company = listing.type().filter("EQUITY"::equals).isPresent();
        if (company && !known.containsKey(listing.symbol()) && known.size() + wanted.size() < MOST) {
            wanted.add(listing.symbol());
        }
    }

    boolean anyWanted() {
        return !wanted.isEmpty();
    }

    /** Asks for one; gives the symbol if it has a sector. */
    Optional<String> learn() throws SourceException, InterruptedException {
        String symbol = wanted.iterator().next();
        wanted.remove(symbol);
        Optional<JsonNode> answer = ask(symbol);
        String sector = answer.flatMap(json -> Json.text(json.at("/quoteSummary/result/0/assetProfile"), "sector"))
                .orElse("");
        known.put(symbol, sector);
        file.write(known);
        return sector.isEmpty() ? Optional.empty() : Optional.of(symbol);
    }

    private Optional<JsonNode> ask(String symbol) throws SourceException, InterruptedException {
        try {
            return session.withCrumb(crumb -> endpoints.profile(symbol, crumb));
        } catch (SourceException e) {
            // Not worth a second failure: the rest is asked for when it is wanted again, tomorrow.
            wanted.clear();
            throw e;
        }
    }
}
