package candlestack.ingest.sources.votes;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Where voters live.
 *
 * @param weight of the region's size against the others'
 * @param turnout the share of its voters who will vote, 0 to 1
 */
record Region(String name, double weight, double turnout) {
    private static final List<String> NAMES = List.of(
            "Capital",
            "North",
            "South",
            "West",
            "East",
            "Coast",
            "Lakes",
            "Hills",
            "Valley",
            "Forest",
            "Islands",
            "Plains",
            "Harbour",
            "Border",
            "Moors",
            "Highlands");
    static final int MOST = NAMES.size();

    /** Sizes fall off like those of cities; turnouts are out of the seed. */
    static List<Region> of(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed ^ 0x5e61_0a11L);
        List<Region> regions = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            double weight = 1 / StrictMath.pow(index + 1, 0.8);
            regions.add(new Region(NAMES.get(index), weight, 0.5 + 0.35 * random.nextDouble()));
        }
        return regions;
    }
}
