package candlestack.analytics.sinks.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Comparator;

/** The vote of a voter that counts, from {@code votes.counted}: until an earlier one takes its place. */
public record CountedVote(String voteId, String voterId, String candidateId, String region, Instant time) {
    /** Of two votes of a voter the first counts. */
    public static final Comparator<CountedVote> FIRST = Comparator.comparing(CountedVote::time)
            .thenComparing(CountedVote::voteId)
            .thenComparing(CountedVote::candidateId)
            .thenComparing(CountedVote::region);

    public CountedVote {
        requireNonNull(voteId, "voteId is null");
        requireNonNull(voterId, "voterId is null");
        requireNonNull(candidateId, "candidateId is null");
        requireNonNull(region, "region is null");
        requireNonNull(time, "time is null");
    }

    public static CountedVote decode(byte[] value) throws MalformedRecordException {
        JsonNode object = Json.object(value);
        return new CountedVote(
                Json.text(object, "vote_id"),
                Json.text(object, "voter_id"),
                Json.text(object, "candidate_id"),
                Json.text(object, "region"),
                Json.time(object, "voting_time"));
    }
}
