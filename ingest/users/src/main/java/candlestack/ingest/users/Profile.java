package candlestack.ingest.users;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One profile as it is published.
 *
 * @param userId its {@code login.uuid}; empty where it has none, so that it is nobody's
 * @param json the object of the randomuser.me API, with a {@code postcode} that is a string
 */
record Profile(Optional<String> userId, String json) {
    Profile {
        requireNonNull(userId, "userId is null");
        requireNonNull(json, "json is null");
    }
}
