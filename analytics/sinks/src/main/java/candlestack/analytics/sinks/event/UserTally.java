package candlestack.analytics.sinks.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * How many users belong to a group, from {@code users.tallies}.
 *
 * @param meanAge in years; NaN where the dimension has none
 * @param time of the last change
 */
public record UserTally(String dimension, String group, long count, double meanAge, Instant time) {
    public UserTally {
        requireNonNull(dimension, "dimension is null");
        requireNonNull(group, "group is null");
        requireNonNull(time, "time is null");
    }

    public static UserTally decode(byte[] value) throws MalformedRecordException {
        JsonNode object = Json.object(value);
        return new UserTally(
                Json.key("dimension", Json.optionalText(object, "dimension")),
                Json.key("group", Json.optionalText(object, "group")),
                (long) Json.number(object, "count"),
                Json.optionalNumber(object, "mean_age"),
                Json.time(object, "time"));
    }
}
