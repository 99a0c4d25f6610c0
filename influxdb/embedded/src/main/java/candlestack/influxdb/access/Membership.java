package candlestack.influxdb.access;

import static java.util.Objects.requireNonNull;

/** That a user is a bucket's member or owner. A note, not a right: rights are those of tokens. */
public record Membership(String bucketId, String userId, Role role) {
    public Membership {
        requireNonNull(role, "role is null");
    }

    /** As what. */
    public enum Role {
        MEMBER,
        OWNER
    }
}
