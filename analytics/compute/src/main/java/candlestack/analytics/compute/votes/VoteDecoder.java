package candlestack.analytics.compute.votes;

import static candlestack.analytics.compute.votes.Fields.checked;
import static candlestack.analytics.compute.votes.Fields.name;

import candlestack.analytics.compute.json.IsoTime;
import candlestack.analytics.compute.json.JsonException;
import candlestack.analytics.compute.json.JsonScanner;
import candlestack.analytics.compute.json.Texts;
import java.util.OptionalLong;

/** Reads the JSON of {@code votes.cast}; fields that it does not know are passed over. For one thread. */
final class VoteDecoder {
    private static final byte[] VOTE_ID = name("vote_id");
    private static final byte[] VOTER_ID = name("voter_id");
    private static final byte[] CANDIDATE_ID = name("candidate_id");
    private static final byte[] REGION = name("region");
    private static final byte[] VOTING_TIME = name("voting_time");

    private final JsonScanner scanner = new JsonScanner();

    /** @throws JsonException saying what is wrong with it */
    Vote decode(byte[] json) {
        if (json.length == 0) {
            throw new JsonException("Cannot read the vote: the record is empty");
        }
        String voteId = "";
        String voterId = "";
        String candidateId = "";
        String region = "";
        String time = "";
        scanner.open(json);
        while (scanner.nextField()) {
            if (scanner.nameIs(VOTE_ID)) {
                voteId = Fields.text(scanner, "vote_id");
            } else if (scanner.nameIs(VOTER_ID)) {
                voterId = Fields.text(scanner, "voter_id");
            } else if (scanner.nameIs(CANDIDATE_ID)) {
                candidateId = Fields.text(scanner, "candidate_id");
            } else if (scanner.nameIs(REGION)) {
                region = Fields.text(scanner, "region");
            } else if (scanner.nameIs(VOTING_TIME)) {
                time = Fields.text(scanner, "voting_time");
            } else {
                scanner.skip();
            }
        }
        return new Vote(
                checked("vote_id", voteId, "a vote can be told from all others"),
                checked("voter_id", voterId, "a vote is somebody's"),
                checked("candidate_id", candidateId, "a vote is for a candidate"),
                checked("region", region, "a vote is counted in a region"),
                nanos(time));
    }

    private static long nanos(String time) {
        if (time.isBlank()) {
            throw new JsonException("Missing voting_time: the first vote of a voter counts");
        }
        OptionalLong nanos = IsoTime.parse(time);
        if (nanos.isEmpty()) {
            throw new JsonException("Invalid voting_time: '" + Texts.shortened(time)
                    + "', expected ISO-8601 in UTC such as 2026-01-31T09:30:00.000Z");
        }
        return nanos.getAsLong();
    }
}
