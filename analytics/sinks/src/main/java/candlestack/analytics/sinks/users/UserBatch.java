package candlestack.analytics.sinks.users;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import candlestack.analytics.sinks.delivery.Refusals;
import candlestack.analytics.sinks.event.MalformedRecordException;
import candlestack.analytics.sinks.event.RefinedUser;
import candlestack.analytics.sinks.event.UserTally;
import candlestack.config.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The newest version in a batch of each user and each tally. For one thread. */
public final class UserBatch {
    /** Of the user stream, what every store of users reads. */
    public static final List<Topic> TOPICS = List.of(Topic.USERS_REFINED, Topic.USERS_TALLIES);

    private static final long MICROS_PER_MILLI = 1_000;
    /** In characters: a user's id, or a dimension and a group of it. */
    private static final int LONGEST_KEY = 256;

    private final Map<String, Version<RefinedUser>> users = new LinkedHashMap<>();
    private final Map<String, Set<String>> countries = new LinkedHashMap<>();
    private final Map<String, Version<UserTally>> tallies = new LinkedHashMap<>();

    /**
     * One version.
     *
     * @param value empty if nothing is left
     * @param micros microseconds since 1970 at the broker, in the last three digits the place among records of one
     *     millisecond: a later version has more of them
     */
    public record Version<T>(String key, Optional<T> value, long micros) {
        public Version {
            requireNonNull(key, "key is null");
            requireNonNull(value, "value is null");
        }
    }

    /** Reads the records; those that cannot be read are added to {@code refusals}. */
    public static UserBatch of(List<ConsumerRecord<byte[], byte[]>> records, Refusals refusals) {
        UserBatch batch = new UserBatch();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                batch.add(record);
            } catch (MalformedRecordException e) {
                refusals.add(record, e.getMessage());
            }
        }
        return batch;
    }

    private void add(ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException {
        if (record.key() == null) {
            return;
        }
        String key = new String(record.key(), UTF_8);
        if (key.length() > LONGEST_KEY) {
            throw new MalformedRecordException(
                    "Invalid key of " + key.length() + " characters, expected at most " + LONGEST_KEY);
        }
        long micros = record.timestamp() * MICROS_PER_MILLI + record.offset() % MICROS_PER_MILLI;
        if (record.topic().equals(Topic.USERS_REFINED.topicName())) {
            Optional<RefinedUser> user =
                    record.value() == null ? Optional.empty() : Optional.of(RefinedUser.decode(record.value()));
            users.put(key, new Version<>(key, user, micros));
            user.ifPresent(some -> addCountries(key, some));
        } else {
            Optional<UserTally> tally =
                    record.value() == null ? Optional.empty() : Optional.of(UserTally.decode(record.value()));
            tallies.put(key, new Version<>(key, tally, micros));
        }
    }

    private void addCountries(String key, RefinedUser user) {
        Set<String> known = countries.computeIfAbsent(key, ignored -> new TreeSet<>());
        known.add(user.country());
        known.addAll(user.leftCountries());
    }

    /** By the user's id. */
    public Collection<Version<RefinedUser>> users() {
        return Collections.unmodifiableCollection(users.values());
    }

    /** All that any version in the batch says the user lives in or has lived in. */
    public Set<String> countriesOf(String userId) {
        return Set.copyOf(countries.getOrDefault(userId, Set.of()));
    }

    /** Those of a dimension, such as {@code nationality}; each with the group for a key. */
    public List<Version<UserTally>> tallies(String dimension) {
        String prefix = dimension + "/";
        List<Version<UserTally>> some = new ArrayList<>();
        tallies.forEach((key, version) -> {
            if (key.startsWith(prefix)) {
                some.add(new Version<>(key.substring(prefix.length()), version.value(), version.micros()));
            }
        });
        return some;
    }
}
