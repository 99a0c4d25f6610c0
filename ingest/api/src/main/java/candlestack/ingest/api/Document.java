package candlestack.ingest.api;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * An event that is published as the JSON it is, to one of the topics that expect such a document.
 *
 * @param key the record's key, such as the voter's id
 * @param json one JSON object; anything else becomes a dead letter
 */
public record Document(String id, Stream stream, String key, Instant time, TimeOrigin origin, String json)
        implements Event {
    /** Where documents go. */
    public enum Stream {
        VOTES_CANDIDATES("votes.candidates"),
        VOTES_VOTERS("votes.voters"),
        VOTES_CAST("votes.cast"),
        USERS_PROFILES("users.profiles"),
        DEVICES_EVENTS("devices.events");

        private final String topicName;

        Stream(String topicName) {
            this.topicName = topicName;
        }

        public String topicName() {
            return topicName;
        }
    }

    public Document {
        requireNonNull(id, "id is null");
        requireNonNull(stream, "stream is null");
        requireNonNull(key, "key is null");
        requireNonNull(time, "time is null");
        requireNonNull(origin, "origin is null");
        requireNonNull(json, "json is null");
    }

    /** A document stamped where it was written. */
    public static Document of(String id, Stream stream, String key, Instant time, String json) {
        return new Document(id, stream, key, time, TimeOrigin.VENUE, json);
    }
}
