package candlestack.analytics.sinks.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * One version of a user, from {@code users.refined}.
 *
 * @param time when the profile was appended to its topic
 * @param raw the document that came, without the secrets of its login
 * @param texts of the transformed profile, by name; none is blank
 * @param age in years at that time
 * @param leftCountries where the user lived before
 */
public record RefinedUser(
        UUID id,
        Instant time,
        JsonNode raw,
        Map<String, String> texts,
        int age,
        Optional<Instant> registered,
        List<String> leftCountries) {
    private static final int LONGEST_COUNTRY = 256;

    public RefinedUser {
        requireNonNull(id, "id is null");
        requireNonNull(time, "time is null");
        requireNonNull(raw, "raw is null");
        texts = Map.copyOf(texts);
        requireNonNull(registered, "registered is null");
        leftCountries = List.copyOf(leftCountries);
    }

    public static RefinedUser decode(byte[] value) throws MalformedRecordException {
        JsonNode object = Json.object(value);
        JsonNode profile = object.path("profile");
        Map<String, String> texts = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : profile.properties()) {
            if (field.getValue().isTextual()) {
                Json.optionalText(profile, field.getKey()).ifPresent(text -> texts.put(field.getKey(), text));
            }
        }
        if (Json.text(profile, "country").length() > LONGEST_COUNTRY) {
            throw new MalformedRecordException("Invalid country: expected at most " + LONGEST_COUNTRY + " characters");
        }
        List<String> left = new ArrayList<>();
        object.path("left_countries").fieldNames().forEachRemaining(left::add);
        Optional<Instant> registered =
                profile.has("registered") ? Optional.of(Json.time(profile, "registered")) : Optional.empty();
        return new RefinedUser(
                id(object),
                Json.time(object, "time"),
                object.path("raw"),
                texts,
                (int) Json.number(profile, "age"),
                registered,
                left);
    }

    private static UUID id(JsonNode object) throws MalformedRecordException {
        String text = Json.text(object, "user_id");
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedRecordException("Invalid user_id: '" + text + "', expected a UUID", e);
        }
    }

    public String country() {
        return texts.get("country");
    }
}
