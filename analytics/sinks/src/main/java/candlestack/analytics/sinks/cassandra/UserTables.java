package candlestack.analytics.sinks.cassandra;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.sinks.event.RefinedUser;
import candlestack.analytics.sinks.event.UserTally;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables of {@code cassandra/}. Every write is an upsert or a deletion by key, as of a time in microseconds. */
final class UserTables implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(UserTables.class);
    private static final List<String> PROFILE_TEXTS = List.of(
            "gender",
            "title",
            "full_name",
            "username",
            "mail_domain",
            "mail_hash",
            "phone_hash",
            "address",
            "country",
            "nationality");
    private static final List<String> BY_COUNTRY_TEXTS = List.of("gender", "full_name", "country", "nationality");

    /** The key of a row that is to be nobody's. */
    private static final UUID NOBODY = new UUID(0, 0);

    private static final String NOWHERE = "-";

    private final CqlSession session;
    private final PreparedStatement insertProfile;
    private final PreparedStatement insertByCountry;
    private final PreparedStatement insertMeanAge;
    private final PreparedStatement deleteProfile;
    private final PreparedStatement deleteByCountry;
    private final PreparedStatement deleteMeanAge;
    private final PreparedStatement countryOf;
    private final TimeToLive timeToLive;

    private UserTables(CqlSession session, TimeToLive timeToLive) {
        this.session = requireNonNull(session, "session is null");
        this.timeToLive = requireNonNull(timeToLive, "timeToLive is null");
        this.insertProfile = session.prepare(insert("profiles", PROFILE_TEXTS));
        this.insertByCountry = session.prepare(insert("profiles_by_country", BY_COUNTRY_TEXTS));
        this.insertMeanAge = session.prepare("INSERT INTO users.mean_age_by_country (country, users, mean_age, updated)"
                + " VALUES (:country, :users, :mean_age, :updated) USING TIMESTAMP :micros");
        this.deleteProfile = session.prepare("DELETE FROM users.profiles USING TIMESTAMP :micros WHERE id = :id");
        this.deleteByCountry = session.prepare("DELETE FROM users.profiles_by_country USING TIMESTAMP :micros"
                + " WHERE country = :country AND id = :id");
        this.deleteMeanAge = session.prepare(
                "DELETE FROM users.mean_age_by_country USING TIMESTAMP :micros WHERE country = :country");
        this.countryOf = session.prepare("SELECT country FROM users.profiles WHERE id = :id");
    }

    /** Takes over the session. */
    static UserTables prepare(CqlSession session, TimeToLive timeToLive) {
        return new UserTables(session, timeToLive);
    }

    private static String insert(String table, List<String> texts) {
        return "INSERT INTO users." + table + " (" + columns(texts) + ") VALUES (:id, :" + String.join(", :", texts)
                + ", :age, :registered, :updated) USING TIMESTAMP :micros AND TTL :seconds";
    }

    private static String columns(List<String> texts) {
        return "id, " + String.join(", ", texts) + ", age, registered, updated";
    }

    /**
     * Whether the server has the tables, with our columns, lets us read them, and takes rows that no record is to blame
     * for. Nobody sees these: they are deleted before they are written, as of the same time. Waits for its answers.
     *
     * @param micros of the write that was refused
     * @param time of the event that its rows are to go with; empty if they stay
     */
    boolean takeOthers(long micros, Optional<Instant> time) {
        List<String> queries = List.of(
                "SELECT " + columns(PROFILE_TEXTS) + " FROM users.profiles LIMIT 1",
                "SELECT " + columns(BY_COUNTRY_TEXTS) + " FROM users.profiles_by_country LIMIT 1",
                "SELECT country, users, mean_age, updated FROM users.mean_age_by_country LIMIT 1");
        int seconds = time.map(timeToLive::seconds).orElse(0);
        try {
            queries.forEach(session::execute);
            session.execute(deletionOfProfile(NOBODY, micros));
            session.execute(another(insertProfile, micros, seconds).build());
            session.execute(deletion(NOWHERE, NOBODY, micros));
            session.execute(another(insertByCountry, micros, seconds)
                    .setString("country", NOWHERE)
                    .build());
            return true;
        } catch (DriverException e) {
            log.debug("Cannot use the tables of users", e);
            return false;
        }
    }

    private static BoundStatementBuilder another(PreparedStatement statement, long micros, int seconds) {
        return row(statement, NOBODY, micros, seconds)
                .setInt("age", 0)
                .setInstant("registered", Instant.EPOCH)
                .setInstant("updated", Instant.EPOCH);
    }

    /** The rows of one user, and no longer those in countries that were left. */
    CompletionStage<?> keep(RefinedUser user, long micros) {
        CompletableFuture<?>[] writes =
                new CompletableFuture<?>[2 + user.leftCountries().size()];
        int next = 0;
        for (String country : user.leftCountries()) {
            writes[next++] = delete(country, user.id(), micros);
        }
        writes[next++] = insert(insertProfile, PROFILE_TEXTS, user, micros);
        writes[next] = insert(insertByCountry, BY_COUNTRY_TEXTS, user, micros);
        return CompletableFuture.allOf(writes);
    }

    private CompletableFuture<AsyncResultSet> insert(
            PreparedStatement statement, List<String> texts, RefinedUser user, long micros) {
        BoundStatementBuilder row = row(statement, user.id(), micros, timeToLive.seconds(user.time()))
                .setInt("age", user.age())
                .setInstant("registered", user.registered().orElse(null))
                .setInstant("updated", user.time());
        // What the newer version does not say is not left from the older.
        for (String text : texts) {
            row = row.setString(text, user.texts().get(text));
        }
        return session.executeAsync(row.build()).toCompletableFuture();
    }

    private static BoundStatementBuilder row(PreparedStatement statement, UUID id, long micros, int seconds) {
        return statement
                .boundStatementBuilder()
                .setUuid("id", id)
                .setLong("micros", micros)
                .setInt("seconds", seconds);
    }

    /**
     * Deletes what there is of a user. The row itself says where else it is, and goes last.
     *
     * @param countries where rows may be beside that
     */
    CompletionStage<?> erase(UUID id, Set<String> countries, long micros) {
        return session.executeAsync(
                        countryOf.boundStatementBuilder().setUuid("id", id).build())
                .thenCompose(found -> {
                    Set<String> all = new HashSet<>(countries);
                    Optional.ofNullable(found.one()).map(UserTables::country).ifPresent(all::add);
                    return CompletableFuture.allOf(all.stream()
                            .map(country -> delete(country, id, micros))
                            .toArray(CompletableFuture[]::new));
                })
                .thenCompose(ignored -> session.executeAsync(deletionOfProfile(id, micros)));
    }

    private BoundStatement deletionOfProfile(UUID id, long micros) {
        return deleteProfile
                .boundStatementBuilder()
                .setUuid("id", id)
                .setLong("micros", micros)
                .build();
    }

    private static String country(Row row) {
        return row.getString("country");
    }

    private CompletableFuture<AsyncResultSet> delete(String country, UUID id, long micros) {
        return session.executeAsync(deletion(country, id, micros)).toCompletableFuture();
    }

    private BoundStatement deletion(String country, UUID id, long micros) {
        return deleteByCountry
                .boundStatementBuilder()
                .setString("country", country)
                .setUuid("id", id)
                .setLong("micros", micros)
                .build();
    }

    /** @param tally empty when nobody lives there any more */
    CompletionStage<?> count(String country, Optional<UserTally> tally, long micros) {
        if (tally.isEmpty()) {
            return session.executeAsync(deleteMeanAge
                    .boundStatementBuilder()
                    .setString("country", country)
                    .setLong("micros", micros)
                    .build());
        }
        return session.executeAsync(insertMeanAge
                .boundStatementBuilder()
                .setString("country", country)
                .setLong("users", tally.get().count())
                .setDouble("mean_age", tally.get().meanAge())
                .setInstant("updated", tally.get().time())
                .setLong("micros", micros)
                .build());
    }

    @Override
    public void close() {
        session.close();
    }
}
