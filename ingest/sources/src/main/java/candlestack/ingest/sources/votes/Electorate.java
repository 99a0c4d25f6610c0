package candlestack.ingest.sources.votes;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Who lives where, who goes to vote, and for whom: all of it functions of the seed and of a number, so that nothing has
 * to be remembered to go on. Immutable.
 *
 * <p>A candidate's chance is e to the sum of what everybody thinks of it, what its region thinks of it, and a mood that
 * drifts with the votes, divided by that of all candidates.
 */
final class Electorate {
    private static final double LEAN = 0.6;
    private static final double MOOD = 0.5;
    private static final double SHORTEST_DRIFT_VOTES = 2_000;

    private final long seed;
    private final List<Region> regions;
    private final double regionWeights;
    /** By region and candidate. */
    private final double[][] leanings;

    private final double[] driftVotes;
    private final double[] driftPhase;

    Electorate(long seed, List<Region> regions, int candidates) {
        this.seed = seed;
        this.regions = List.copyOf(requireNonNull(regions, "regions is null"));
        this.regionWeights = regions.stream().mapToDouble(Region::weight).sum();
        SplittableRandom random = new SplittableRandom(seed);
        double[] base = random.doubles(candidates).map(value -> 1.2 * value).toArray();
        this.driftVotes = random.doubles(candidates)
                .map(value -> SHORTEST_DRIFT_VOTES * (1 + 4 * value))
                .toArray();
        this.driftPhase = random.doubles(candidates).toArray();
        this.leanings = new double[regions.size()][candidates];
        for (double[] leaning : leanings) {
            for (int candidate = 0; candidate < candidates; candidate++) {
                leaning[candidate] = base[candidate] + LEAN * random.nextGaussian();
            }
        }
    }

    List<Region> regions() {
        return regions;
    }

    /** The index of the region that the voter lives in. */
    int regionOf(long voter) {
        double left = random(voter, 1).nextDouble() * regionWeights;
        for (int index = 0; index < regions.size() - 1; index++) {
            left -= regions.get(index).weight();
            if (left < 0) {
                return index;
            }
        }
        return regions.size() - 1;
    }

    boolean willVote(long voter) {
        return random(voter, 2).nextDouble() < regions.get(regionOf(voter)).turnout();
    }

    /**
     * The index of the candidate that the vote is for.
     *
     * @param vote number of the vote, which is how far the mood has drifted
     * @param chance 0 to 1, below 1
     */
    int choice(int region, long vote, double chance) {
        int candidates = driftVotes.length;
        double[] weights = new double[candidates];
        double sum = 0;
        for (int candidate = 0; candidate < candidates; candidate++) {
            double turns = vote / driftVotes[candidate] + driftPhase[candidate];
            double mood = MOOD * StrictMath.sin(2 * Math.PI * turns);
            weights[candidate] = StrictMath.exp(leanings[region][candidate] + mood);
            sum += weights[candidate];
        }
        double left = chance * sum;
        for (int candidate = 0; candidate < candidates - 1; candidate++) {
            left -= weights[candidate];
            if (left < 0) {
                return candidate;
            }
        }
        return candidates - 1;
    }

    /** Randomness of its own for each number and purpose. */
    SplittableRandom random(long number, int purpose) {
        return new SplittableRandom(
                (seed * 0x9E3779B97F4A7C15L + number) * 0xD1B54A32D192ED03L + purpose * 0x8CB92BA72F3D8DD7L);
    }
}
