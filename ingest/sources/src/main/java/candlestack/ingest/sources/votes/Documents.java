package candlestack.ingest.sources.votes;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.Document;
import candlestack.ingest.api.Document.Stream;
import candlestack.ingest.api.EventIds;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** The events of one election. For one thread. */
final class Documents {
    private static final JsonMapper JSON = new JsonMapper();

    private final String stream;
    private final Electorate electorate;
    private final People people;

    Documents(String stream, Electorate electorate, People people) {
        this.stream = requireNonNull(stream, "stream is null");
        this.electorate = requireNonNull(electorate, "electorate is null");
        this.people = requireNonNull(people, "people is null");
    }

    Document candidate(int index, Instant time) {
        String id = candidateId(index);
        ObjectNode json = people.candidate(JSON.createObjectNode().put("candidate_id", id), index);
        return document("candidates", index, Stream.VOTES_CANDIDATES, id, time, json);
    }

    Document voter(long number, Instant time) {
        String id = voterId(number);
        String region = electorate.regions().get(electorate.regionOf(number)).name();
        ObjectNode json = people.voter(JSON.createObjectNode().put("voter_id", id), number, region);
        return document("voters", number, Stream.VOTES_VOTERS, id, time, json);
    }

    /** @param number of the record; the vote's id follows from it, so that it is the same when it is read again */
    Document vote(long number, long voter, Instant time) {
        return cast(number, voterId(voter), time, ballot(number, voter, time));
    }

    /** A vote that nobody can count, in one of the ways in which they come. */
    Document malformed(long number, long voter, Instant time) {
        ObjectNode json = ballot(number, voter, time);
        switch ((int) (number % 4)) {
            case 0 -> json.remove("candidate_id");
            case 1 -> json.put("voting_time", "yesterday");
            case 2 -> json.put("region", 7);
            default -> json.putNull("voter_id");
        }
        return cast(number, voterId(voter), time, json);
    }

    private ObjectNode ballot(long number, long voter, Instant time) {
        int region = electorate.regionOf(voter);
        int candidate =
                electorate.choice(region, number, electorate.random(number, 4).nextDouble());
        return JSON.createObjectNode()
                .put("vote_id", id("votes", number))
                .put("voter_id", voterId(voter))
                .put("candidate_id", candidateId(candidate))
                .put("region", electorate.regions().get(region).name())
                .put("voting_time", People.iso(time));
    }

    private Document cast(long number, String voterId, Instant time, ObjectNode json) {
        return Document.of(EventIds.numbered(stream, number), Stream.VOTES_CAST, voterId, time, json.toString());
    }

    private Document document(String kind, long number, Stream topic, String key, Instant time, ObjectNode json) {
        return Document.of(EventIds.numbered(stream + "/" + kind, number), topic, key, time, json.toString());
    }

    private static String candidateId(int index) {
        return "C" + (index + 1);
    }

    private String voterId(long number) {
        return id("voters", number);
    }

    /** The same for the same election and number, another one for each other. */
    private String id(String kind, long number) {
        String name = stream + "/" + kind + "#" + number;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
