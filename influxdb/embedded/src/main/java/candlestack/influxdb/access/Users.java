package candlestack.influxdb.access;

import static java.util.Objects.requireNonNull;

import candlestack.influxdb.access.CatalogException.Kind;
import candlestack.influxdb.access.Membership.Role;
import java.util.List;
import java.util.Optional;

/** The catalog's users, and the buckets they are members or owners of. Thread-safe. */
public final class Users {
    private final Catalog catalog;

    Users(Catalog catalog) {
        this.catalog = requireNonNull(catalog, "catalog is null");
    }

    public List<User> all() {
        return List.copyOf(catalog.state().users().values());
    }

    public Optional<User> find(String id) {
        return Optional.ofNullable(catalog.state().users().get(id));
    }

    public User create(String name) {
        return catalog.change(next -> {
            checkName(next, name);
            User made = new User(Ids.next(), name);
            next.users().put(made.id(), made);
            return made;
        });
    }

    public User rename(String id, String name) {
        return catalog.change(next -> {
            if (!existing(next, id).name().equals(name)) {
                checkName(next, name);
            }
            User changed = new User(id, name);
            next.users().put(id, changed);
            return changed;
        });
    }

    /** Deletes a user with the tokens that are theirs. */
    public void delete(String id) {
        catalog.change(next -> {
            existing(next, id);
            next.authorizations().values().removeIf(authorization -> id.equals(authorization.userId()));
            next.memberships().removeIf(membership -> membership.userId().equals(id));
            return next.users().remove(id);
        });
    }

    /** The users who are this to a bucket, in the order in which they became it. */
    public List<User> of(String bucketId, Role role) {
        CatalogState state = catalog.state();
        return state.memberships().stream()
                .filter(membership -> membership.bucketId().equals(bucketId) && membership.role() == role)
                .map(membership -> state.users().get(membership.userId()))
                .toList();
    }

    /** Makes a user a bucket's member or owner; who is either already is refused. */
    public User add(String bucketId, String userId, Role role) {
        return catalog.change(next -> {
            User user = existing(next, userId);
            boolean known = next.memberships().stream()
                    .anyMatch(membership -> membership.bucketId().equals(bucketId)
                            && membership.userId().equals(userId));
            if (known) {
                throw new CatalogException(Kind.CONFLICT, "user is already a member or owner of the bucket");
            }
            if (!next.buckets().containsKey(bucketId)) {
                throw new CatalogException(Kind.NOT_FOUND, "bucket not found");
            }
            next.memberships().add(new Membership(bucketId, userId, role));
            return user;
        });
    }

    public void remove(String bucketId, String userId, Role role) {
        catalog.change(next -> {
            if (!next.memberships().remove(new Membership(bucketId, userId, role))) {
                throw notFound();
            }
            return userId;
        });
    }

    private static void checkName(CatalogState next, String name) {
        if (name.isBlank()) {
            throw new CatalogException(Kind.INVALID, "user name is empty");
        }
        if (next.users().values().stream().anyMatch(user -> user.name().equals(name))) {
            throw new CatalogException(Kind.CONFLICT, "user with name " + name + " already exists");
        }
    }

    private static User existing(CatalogState state, String id) {
        return Optional.ofNullable(state.users().get(id)).orElseThrow(Users::notFound);
    }

    private static CatalogException notFound() {
        return new CatalogException(Kind.NOT_FOUND, "user not found");
    }
}
