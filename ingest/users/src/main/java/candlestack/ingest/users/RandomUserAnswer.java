package candlestack.ingest.users;

import candlestack.ingest.api.ErrorKind;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads an answer of the API, and finds out when it did not do what it was asked to: it never says so. */
final class RandomUserAnswer {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int MOST_ERROR = 200;

    private RandomUserAnswer() {}

    static List<Profile> profiles(String body, RandomUserQuery query, long index) throws ProtocolException {
        JsonNode answer = parsed(body);
        if (answer.has("error")) {
            throw new ProtocolException(
                    ErrorKind.TRANSIENT, shortened(answer.path("error").asText()));
        }
        JsonNode results = answer.path("results");
        check("results", results.size(), query.pageSize());
        check("page", answer.path("info").path("page").asInt(-1), query.number(index));
        List<Profile> profiles = new ArrayList<>(results.size());
        for (JsonNode result : results) {
            profiles.add(profile(result, query));
        }
        return profiles;
    }

    /** What the API says of why it refuses; it does so in JSON or in a page of its host. */
    static String error(String body) {
        try {
            JsonNode error = JSON.readTree(body).path("error");
            return shortened(error.isTextual() ? error.textValue() : body);
        } catch (JsonProcessingException e) {
            return shortened(body);
        }
    }

    private static JsonNode parsed(String body) throws ProtocolException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new ProtocolException(ErrorKind.PROTOCOL, "not JSON: " + shortened(body));
        }
    }

    private static void check(String name, int answered, int asked) throws ProtocolException {
        if (answered != asked) {
            throw new ProtocolException(
                    ErrorKind.PROTOCOL, "asked for " + name + " " + asked + " and was answered " + answered);
        }
    }

    private static Profile profile(JsonNode result, RandomUserQuery query) throws ProtocolException {
        if (!(result instanceof ObjectNode profile)) {
            throw new ProtocolException(ErrorKind.PROTOCOL, "a result is no object: " + shortened(result.toString()));
        }
        String nationality = profile.path("nat").asText();
        if (query.nationalities().stream().noneMatch(asked -> asked.name().equals(nationality))) {
            throw new ProtocolException(
                    ErrorKind.PROTOCOL,
                    "asked for nationalities " + query.nationalities() + " and was answered '" + nationality + "'");
        }
        // An int, but a string where it has letters, as in Canada: always a string here.
        if (profile.path("location") instanceof ObjectNode location
                && location.path("postcode").isNumber()) {
            location.put("postcode", location.path("postcode").asText());
        }
        JsonNode userId = profile.path("login").path("uuid");
        return new Profile(Optional.ofNullable(userId.textValue()).filter(text -> !text.isBlank()), profile.toString());
    }

    private static String shortened(String text) {
        return text.length() <= MOST_ERROR ? text : text.substring(0, MOST_ERROR) + "...";
    }
}
