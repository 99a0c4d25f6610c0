package candlestack.influxdb.access;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * A token and what it allows. The token itself is known only to whom it was given.
 *
 * @param tokenHash the SHA-256 of the token, in hexadecimal digits: tokens are long and random, so no salt is needed
 * @param active an inactive one allows nothing
 */
public record Authorization(
        String id,
        String tokenHash,
        String description,
        boolean active,
        String organizationId,
        String userId,
        List<Permission> permissions,
        Instant createdAt,
        Instant updatedAt) {
    public Authorization {
        requireNonNull(tokenHash, "tokenHash is null");
        permissions = List.copyOf(permissions);
    }

    public boolean mayRead(Bucket bucket) {
        return allows(Permission.READ, Permission.Resource.BUCKETS, bucket.organizationId(), bucket.id());
    }

    public boolean mayWrite(Bucket bucket) {
        return allows(Permission.WRITE, Permission.Resource.BUCKETS, bucket.organizationId(), bucket.id());
    }

    /** @param id null where a right to any of the type is asked for */
    public boolean allows(String action, String type, String organization, String id) {
        return permissions.stream().anyMatch(permission -> permission.covers(action, type, organization, id));
    }

    /** Whether every one of the permissions is covered by one of these: nobody gives away more than they have. */
    public boolean covers(List<Permission> others) {
        return others.stream()
                .allMatch(other -> allows(
                        other.action(),
                        other.resource().type(),
                        other.resource().orgID(),
                        other.resource().id()));
    }

    Authorization changed(boolean newActive, String newDescription, Instant now) {
        return new Authorization(
                id, tokenHash, newDescription, newActive, organizationId, userId, permissions, createdAt, now);
    }
}
