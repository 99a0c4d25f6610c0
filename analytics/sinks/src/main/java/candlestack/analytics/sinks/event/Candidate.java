package candlestack.analytics.sinks.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Who can be voted for, from {@code votes.candidates}; one without a name goes by the id. */
public record Candidate(
        String id,
        String name,
        Optional<String> party,
        Optional<String> biography,
        Optional<String> platform,
        Optional<String> photo) {
    public Candidate {
        requireNonNull(id, "id is null");
        requireNonNull(name, "name is null");
        requireNonNull(party, "party is null");
        requireNonNull(biography, "biography is null");
        requireNonNull(platform, "platform is null");
        requireNonNull(photo, "photo is null");
    }

    public static Candidate decode(byte[] value) throws MalformedRecordException {
        JsonNode object = Json.object(value);
        String id = Json.text(object, "candidate_id");
        return new Candidate(
                id,
                Json.optionalText(object, "name").orElse(id),
                Json.optionalText(object, "party_affiliation"),
                Json.optionalText(object, "biography"),
                Json.optionalText(object, "campaign_platform"),
                Json.optionalText(object, "photo_url"));
    }
}
