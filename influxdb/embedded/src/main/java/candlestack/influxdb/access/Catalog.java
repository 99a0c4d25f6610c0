package candlestack.influxdb.access;

import static java.util.Objects.requireNonNull;

import candlestack.influxdb.access.CatalogException.Kind;
import candlestack.influxdb.store.BucketSpec;
import candlestack.influxdb.store.DurableFiles;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Organisations, users, buckets, labels and authorizations, in a file that only its owner may read. A change is on the disk
 * before it is seen. Thread-safe.
 */
public final class Catalog {
    /** Less than this would make a bucket that refuses most of what is written to it. */
    private static final long LEAST_RETENTION_SECONDS = 3600;

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final Path file;
    private final Clock clock;
    private final Users users = new Users(this);
    private final Labels labels = new Labels(this);
    private volatile CatalogState state;
    private volatile Map<String, Authorization> byToken;

    private Catalog(Path file, Clock clock, CatalogState state) {
        this.file = file;
        this.clock = clock;
        show(state);
    }

    /** @throws UncheckedIOException if the file cannot be read, or is not one of these */
    public static Catalog open(Path file, Clock clock) {
        requireNonNull(clock, "clock is null");
        try {
            CatalogState state =
                    Files.exists(file) ? JSON.readValue(file.toFile(), CatalogState.class) : CatalogState.empty();
            return new Catalog(file, clock, state);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Whether nobody has set up this server yet. */
    public boolean isEmpty() {
        return state.users().isEmpty();
    }

    /** What the first set-up made. */
    public record Onboarding(User user, Organization organization, Bucket bucket, NewAuthorization authorization) {}

    /** An authorization that was just made, with its token, which is not kept. */
    public record NewAuthorization(Authorization authorization, String token) {}

    /**
     * Makes the first user, organisation, bucket and an all-mighty token.
     *
     * @param token empty to have one made
     */
    public synchronized Onboarding onboard(
            String user, String organization, String bucket, Duration retention, String token) {
        if (!isEmpty()) {
            throw new CatalogException(Kind.CONFLICT, "onboarding has already been completed");
        }
        CatalogState next = state.copy();
        User madeUser = new User(Ids.next(), user);
        next.users().put(madeUser.id(), madeUser);
        Organization madeOrganization = addOrganization(next, organization, "");
        Bucket madeBucket = addBucket(next, madeOrganization, bucket, "", retention, false);
        List<Permission> all = List.of(
                new Permission(Permission.READ, Permission.Resource.any(Permission.Resource.INSTANCE)),
                new Permission(Permission.WRITE, Permission.Resource.any(Permission.Resource.INSTANCE)));
        NewAuthorization authorization =
                addAuthorization(next, madeOrganization.id(), madeUser.id(), user + "'s Token", all, token, true);
        commit(next);
        return new Onboarding(madeUser, madeOrganization, madeBucket, authorization);
    }

    public Optional<Authorization> authorize(String token) {
        return Optional.ofNullable(byToken.get(Tokens.hash(token))).filter(Authorization::active);
    }

    public List<Organization> organizations() {
        return List.copyOf(state.organizations().values());
    }

    /** By id or, where there is none, by name. */
    public Optional<Organization> organization(String idOrName) {
        Organization byId = state.organizations().get(idOrName);
        return byId != null ? Optional.of(byId) : first(organizations(), Organization::name, idOrName);
    }

    public synchronized Organization createOrganization(String name, String description) {
        CatalogState next = state.copy();
        Organization made = addOrganization(next, name, description);
        commit(next);
        return made;
    }

    /** Deletes an organisation with its buckets, which are returned, and its tokens. */
    public synchronized List<Bucket> deleteOrganization(String id) {
        CatalogState next = state.copy();
        if (next.organizations().remove(id) == null) {
            throw new CatalogException(Kind.NOT_FOUND, "organization not found");
        }
        List<Bucket> buckets = buckets().stream()
                .filter(bucket -> bucket.organizationId().equals(id))
                .toList();
        buckets.forEach(bucket -> next.removeBucket(bucket.id()));
        List<String> labels = next.labels().values().stream()
                .filter(label -> label.organizationId().equals(id))
                .map(Label::id)
                .toList();
        next.labels().keySet().removeAll(labels);
        next.authorizations().values().removeIf(authorization -> id.equals(authorization.organizationId()));
        commit(next);
        return buckets;
    }

    public Users users() {
        return users;
    }

    public Labels labels() {
        return labels;
    }

    public List<Bucket> buckets() {
        return List.copyOf(state.buckets().values());
    }

    public Optional<Bucket> bucket(String id) {
        return Optional.ofNullable(state.buckets().get(id));
    }

    /** A bucket of an organisation by id or, where there is none, by name. */
    public Optional<Bucket> bucket(Organization organization, String idOrName) {
        Optional<Bucket> byId =
                bucket(idOrName).filter(bucket -> bucket.organizationId().equals(organization.id()));
        return byId.isPresent()
                ? byId
                : buckets().stream()
                        .filter(bucket -> bucket.organizationId().equals(organization.id()))
                        .filter(bucket -> bucket.name().equals(idOrName))
                        .findFirst();
    }

    public synchronized Bucket createBucket(
            String organizationId, String name, String description, Duration retention) {
        CatalogState next = state.copy();
        Organization organization = next.organizations().get(organizationId);
        if (organization == null) {
            throw new CatalogException(Kind.NOT_FOUND, "organization not found");
        }
        Bucket made = addBucket(next, organization, name, description, retention, false);
        commit(next);
        return made;
    }

    /** Changes what is given of a bucket. */
    public synchronized Bucket updateBucket(
            String id, Optional<String> name, Optional<String> description, Optional<Duration> retention) {
        CatalogState next = state.copy();
        Bucket old = Optional.ofNullable(next.buckets().get(id)).orElseThrow(Catalog::bucketNotFound);
        if (name.isPresent() && !name.get().equals(old.name())) {
            if (old.system()) {
                throw new CatalogException(Kind.INVALID, "system buckets cannot be renamed");
            }
            checkBucketName(next, old.organizationId(), name.get());
        }
        retention.ifPresent(Catalog::checkRetention);
        Bucket changed = old.changed(
                name.orElse(old.name()),
                description.orElse(old.description()),
                retention.orElse(old.retention()).toSeconds(),
                clock.instant());
        next.buckets().put(id, changed);
        commit(next);
        return changed;
    }

    public synchronized Bucket deleteBucket(String id) {
        CatalogState next = state.copy();
        Bucket removed = next.removeBucket(id);
        if (removed == null) {
            throw bucketNotFound();
        }
        if (removed.system()) {
            throw new CatalogException(Kind.INVALID, "system buckets cannot be deleted");
        }
        commit(next);
        return removed;
    }

    public List<Authorization> authorizations() {
        return List.copyOf(state.authorizations().values());
    }

    public Optional<Authorization> authorization(String id) {
        return Optional.ofNullable(state.authorizations().get(id));
    }

    /** Makes a token. */
    public synchronized NewAuthorization createAuthorization(
            String organizationId, String userId, String description, boolean active, List<Permission> permissions) {
        CatalogState next = state.copy();
        if (!next.organizations().containsKey(organizationId)) {
            throw new CatalogException(Kind.NOT_FOUND, "organization not found");
        }
        NewAuthorization made = addAuthorization(next, organizationId, userId, description, permissions, "", active);
        commit(next);
        return made;
    }

    public synchronized Authorization updateAuthorization(
            String id, Optional<Boolean> active, Optional<String> description) {
        CatalogState next = state.copy();
        Authorization old =
                Optional.ofNullable(next.authorizations().get(id)).orElseThrow(Catalog::authorizationNotFound);
        Authorization changed =
                old.changed(active.orElse(old.active()), description.orElse(old.description()), clock.instant());
        next.authorizations().put(id, changed);
        commit(next);
        return changed;
    }

    public synchronized void deleteAuthorization(String id) {
        CatalogState next = state.copy();
        if (next.authorizations().remove(id) == null) {
            throw authorizationNotFound();
        }
        commit(next);
    }

    private Organization addOrganization(CatalogState next, String name, String description) {
        if (name.isBlank()) {
            throw new CatalogException(Kind.INVALID, "org name is empty");
        }
        if (first(List.copyOf(next.organizations().values()), Organization::name, name)
                .isPresent()) {
            throw new CatalogException(Kind.CONFLICT, "organization with name " + name + " already exists");
        }
        Organization made = new Organization(Ids.next(), name, description, clock.instant(), clock.instant());
        next.organizations().put(made.id(), made);
        addBucket(next, made, "_monitoring", "System bucket for monitoring logs", Duration.ofDays(7), true);
        addBucket(next, made, "_tasks", "System bucket for task logs", Duration.ofDays(3), true);
        return made;
    }

    private Bucket addBucket(
            CatalogState next,
            Organization organization,
            String name,
            String description,
            Duration retention,
            boolean system) {
        checkRetention(retention);
        if (!system) {
            checkBucketName(next, organization.id(), name);
        }
        Bucket made = new Bucket(
                Ids.next(),
                organization.id(),
                name,
                description,
                system,
                retention.toSeconds(),
                BucketSpec.partitionFor(retention).toSeconds(),
                clock.instant(),
                clock.instant());
        next.buckets().put(made.id(), made);
        return made;
    }

    private NewAuthorization addAuthorization(
            CatalogState next,
            String organizationId,
            String userId,
            String description,
            List<Permission> permissions,
            String givenToken,
            boolean active) {
        String token = givenToken.isEmpty() ? Tokens.next() : givenToken;
        Authorization made = new Authorization(
                Ids.next(),
                Tokens.hash(token),
                description,
                active,
                organizationId,
                userId,
                permissions,
                clock.instant(),
                clock.instant());
        next.authorizations().put(made.id(), made);
        return new NewAuthorization(made, token);
    }

    private static void checkBucketName(CatalogState next, String organizationId, String name) {
        if (name.isBlank()) {
            throw new CatalogException(Kind.INVALID, "bucket name is empty");
        }
        if (name.startsWith("_")) {
            throw new CatalogException(
                    Kind.INVALID, "bucket name " + name + " is invalid. Buckets may not start with underscore");
        }
        if (name.contains("\"")) {
            throw new CatalogException(
                    Kind.INVALID, "bucket name " + name + " is invalid. Bucket names may not include quotation marks");
        }
        boolean taken = next.buckets().values().stream()
                .anyMatch(bucket -> bucket.organizationId().equals(organizationId)
                        && bucket.name().equals(name));
        if (taken) {
            throw new CatalogException(Kind.CONFLICT, "bucket with name " + name + " already exists");
        }
    }

    private static void checkRetention(Duration retention) {
        long seconds = retention.toSeconds();
        if (seconds < 0) {
            throw new CatalogException(Kind.UNPROCESSABLE, "expiration seconds cannot be negative");
        }
        if (seconds > 0 && seconds < LEAST_RETENTION_SECONDS) {
            throw new CatalogException(
                    Kind.UNPROCESSABLE, "expiration seconds must be greater than or equal to one hour");
        }
    }

    CatalogState state() {
        return state;
    }

    /** Makes a change that is kept as a whole or, if it throws, not at all; returns what it returns. */
    synchronized <T> T change(Function<CatalogState, T> edit) {
        CatalogState next = state.copy();
        T result = edit.apply(next);
        commit(next);
        return result;
    }

    private void commit(CatalogState next) {
        try {
            DurableFiles.replace(file, JSON.writeValueAsBytes(next));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file + ": " + e.getMessage(), e);
        }
        show(next);
    }

    private void show(CatalogState shown) {
        state = shown;
        byToken = new ArrayList<>(shown.authorizations().values())
                .stream().collect(Collectors.toMap(Authorization::tokenHash, Function.identity(), (a, b) -> a));
    }

    private static <T> Optional<T> first(List<T> items, Function<T, String> property, String wanted) {
        return items.stream()
                .filter(item -> property.apply(item).equals(wanted))
                .findFirst();
    }

    private static CatalogException bucketNotFound() {
        return new CatalogException(Kind.NOT_FOUND, "bucket not found");
    }

    private static CatalogException authorizationNotFound() {
        return new CatalogException(Kind.NOT_FOUND, "authorization not found");
    }
}
