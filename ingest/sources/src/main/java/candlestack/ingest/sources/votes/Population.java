package candlestack.ingest.sources.votes;

import candlestack.ingest.api.Config;
import candlestack.ingest.api.Position;
import java.util.HashMap;
import java.util.Map;

/**
 * Who the voters of an election are, by the options that decide it. It is in the position: with others the numbers in
 * there are those of other people, who live and vote elsewhere.
 */
record Population(long seed, long regions) {
    private static final String SEED = "seed";
    private static final String REGIONS = "regions";

    static Population of(Config config) {
        return new Population(config.get(VotesFactory.SEED), config.get(VotesFactory.REGIONS));
    }

    Position in(Position position) {
        Map<String, String> fields = new HashMap<>(position.fields());
        fields.put(SEED, Long.toString(seed));
        fields.put(REGIONS, Long.toString(regions));
        return new Position(fields);
    }

    /** Whether the position is of an election among these. One that was written before they were in it is taken to be. */
    boolean isOf(Position position) {
        return position.text(SEED).map(Long.toString(seed)::equals).orElse(true)
                && position.text(REGIONS).map(Long.toString(regions)::equals).orElse(true);
    }
}
