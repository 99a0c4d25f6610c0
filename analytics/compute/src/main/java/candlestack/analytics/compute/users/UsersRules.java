package candlestack.analytics.compute.users;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.compute.stream.KeyState;
import candlestack.analytics.compute.stream.SecondStage;
import candlestack.analytics.compute.stream.StreamRecord;
import candlestack.analytics.compute.stream.StreamRules;
import java.util.List;
import java.util.Optional;

/**
 * {@code users.profiles} to {@code users.refined}, by user, and to {@code users.tallies}. A newer profile takes the
 * place of the older one, a tombstone erases it, and the tallies follow.
 */
public final class UsersRules implements StreamRules {
    static final String PROFILES = "users.profiles";
    static final String REFINED = "users.refined";
    static final String TALLIES = "users.tallies";

    private static final long serialVersionUID = 1;

    private final int minimumAge;
    private final Pseudonyms pseudonyms;

    /** @param minimumAge in years; nothing is kept of who is younger */
    public UsersRules(int minimumAge, Pseudonyms pseudonyms) {
        this.minimumAge = minimumAge;
        this.pseudonyms = requireNonNull(pseudonyms, "pseudonyms is null");
    }

    @Override
    public String name() {
        return "users";
    }

    @Override
    public List<String> topics() {
        return List.of(PROFILES);
    }

    @Override
    public int stateVersion() {
        return UserState.VERSION;
    }

    /** The user's id: all that a tombstone has. */
    @Override
    public String keyOf(StreamRecord record) {
        return record.key();
    }

    @Override
    public KeyState newState(String key) {
        return new UserState(key, minimumAge, pseudonyms);
    }

    @Override
    public KeyState readState(String key, byte[] bytes) {
        return UserState.read(new UserState(key, minimumAge, pseudonyms), bytes);
    }

    @Override
    public Optional<SecondStage> secondStage() {
        return Optional.of(new UserTallies());
    }
}
