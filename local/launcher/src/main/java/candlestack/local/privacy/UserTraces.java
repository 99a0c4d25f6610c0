package candlestack.local.privacy;

import static java.util.Objects.requireNonNull;

import candlestack.cassandra.CassandraRole;
import candlestack.cassandra.CassandraSessions;
import candlestack.config.Settings;
import candlestack.local.LauncherException;
import candlestack.mongodb.MongoConnections;
import candlestack.mongodb.MongoRole;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.Row;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.bson.Document;

/** Finds what the stores hold of users. Only reads. One thread's. */
public final class UserTraces implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CqlSession cassandra;
    private final MongoClient mongo;
    private final MongoCollection<Document> rawProfiles;

    private UserTraces(CqlSession cassandra, MongoClient mongo) {
        this.cassandra = requireNonNull(cassandra, "cassandra is null");
        this.mongo = requireNonNull(mongo, "mongo is null");
        this.rawProfiles = mongo.getDatabase(MongoConnections.DATABASE).getCollection("raw_profiles");
    }

    /** @throws LauncherException when a store is not there */
    public static UserTraces open(Settings settings) {
        MongoClient mongo = new MongoConnections(settings).open(MongoRole.READER, PATIENCE);
        try {
            return new UserTraces(new CassandraSessions(settings).open(CassandraRole.READER), mongo);
        } catch (DriverException | IllegalStateException e) {
            mongo.close();
            throw LauncherException.failed(
                    "Cannot ask Cassandra at " + settings.cassandraContactPoints()
                            + ": is the stack running with the users stream? './candlestack status' tells",
                    e);
        }
    }

    /** Where the user may be listed: to be asked for before an erasure, and given to {@link #count} after it, too. */
    public Set<String> countries() {
        Set<String> countries = new TreeSet<>();
        for (Row row : cassandra.execute("SELECT country FROM users.mean_age_by_country")) {
            countries.add(row.getString("country"));
        }
        return countries;
    }

    /** Rows and documents of one user, by store. */
    public Map<String, Long> count(UUID user, Set<String> countries) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("cassandra users.profiles", cql("SELECT count(*) FROM users.profiles WHERE id = ?", user));
        long listed = countries.isEmpty()
                ? 0
                : cql(
                        "SELECT count(*) FROM users.profiles_by_country WHERE country IN ? AND id = ?",
                        List.copyOf(countries),
                        user);
        counts.put("cassandra users.profiles_by_country", listed);
        counts.put("mongodb users.raw_profiles", documents(user));
        return counts;
    }

    private long cql(String query, Object... values) {
        return requireNonNull(cassandra.execute(query, values).one(), "no row").getLong(0);
    }

    private long documents(UUID user) {
        try {
            return rawProfiles.countDocuments(Filters.eq("_id", user.toString()));
        } catch (MongoException e) {
            throw LauncherException.failed("Cannot ask MongoDB", e);
        }
    }

    /** Users of whom nothing was heard since. */
    public Set<String> olderThan(Instant time) {
        Set<String> users = new TreeSet<>();
        try {
            for (Row row : cassandra.execute("SELECT id FROM users.profiles WHERE updated < ?", time)) {
                users.add(String.valueOf(row.getUuid("id")));
            }
        } catch (DriverException e) {
            throw LauncherException.failed("Cannot ask Cassandra", e);
        }
        try {
            rawProfiles
                    .find(Filters.lt("stored", time))
                    .projection(Projections.include("_id"))
                    .map(document -> document.getString("_id"))
                    .into(new ArrayList<>())
                    .forEach(users::add);
        } catch (MongoException e) {
            throw LauncherException.failed("Cannot ask MongoDB", e);
        }
        return users;
    }

    @Override
    public void close() {
        cassandra.close();
        mongo.close();
    }
}
