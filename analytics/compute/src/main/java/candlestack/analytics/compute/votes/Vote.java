package candlestack.analytics.compute.votes;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * A vote of {@code votes.cast}.
 *
 * @param timeNanos when it was cast, nanoseconds since 1970
 */
record Vote(String voteId, String voterId, String candidateId, String region, long timeNanos)
        implements Comparable<Vote> {
    /** Which of a voter's votes counts: the first by voting time, then by id. The rest makes the order total. */
    private static final Comparator<Vote> FIRST = Comparator.comparingLong(Vote::timeNanos)
            .thenComparing(Vote::voteId)
            .thenComparing(Vote::candidateId)
            .thenComparing(Vote::region);

    Vote {
        requireNonNull(voteId, "voteId is null");
        requireNonNull(voterId, "voterId is null");
        requireNonNull(candidateId, "candidateId is null");
        requireNonNull(region, "region is null");
    }

    @Override
    public int compareTo(Vote other) {
        return FIRST.compare(this, other);
    }
}
