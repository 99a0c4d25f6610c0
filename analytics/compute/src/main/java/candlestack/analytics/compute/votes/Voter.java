package candlestack.analytics.compute.votes;

import static java.util.Objects.requireNonNull;

/** What turnout needs to know of a voter. */
record Voter(String voterId, String region) {
    Voter {
        requireNonNull(voterId, "voterId is null");
        requireNonNull(region, "region is null");
    }
}
