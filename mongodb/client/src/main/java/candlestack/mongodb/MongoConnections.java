package candlestack.mongodb;

import static java.util.Objects.requireNonNull;

import candlestack.config.Keys;
import candlestack.config.Secrets;
import candlestack.config.Settings;
import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCredential;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Opens clients, each with a pool of connections. Safe for all threads; the caller closes what it opens.
 *
 * <p>The embedded server listens on the loopback interface and knows no logins. Any other is logged in to with the
 * role's secret, unless {@code mongodb.url} brings a login or there is no such secret.
 */
public final class MongoConnections {
    /** The one database of the stack. */
    public static final String DATABASE = "users";

    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(20);

    private final ConnectionString address;
    private final boolean embedded;
    private final Secrets secrets;

    /** @throws IllegalArgumentException when {@code mongodb.url} is not an address of MongoDB */
    public MongoConnections(Settings settings) {
        this.address = new ConnectionString(settings.mongodbUrl());
        this.embedded = settings.get(Keys.MONGODB_URL).isEmpty();
        this.secrets = new Secrets(settings.secretsDirectory());
    }

    /** The hosts and ports, without a login. */
    public String hosts() {
        return String.join(",", address.getHosts());
    }

    /** Whether the server knows logins that are ours to make. */
    public boolean hasLogins() {
        return credential(MongoRole.OWNER).isPresent();
    }

    /**
     * Connects in the background: the first question finds out whether the server answers.
     *
     * @param patience how long a question waits for the server to be there at all
     */
    public MongoClient open(MongoRole role, Duration patience) {
        requireNonNull(patience, "patience is null");
        MongoClientSettings.Builder settings = MongoClientSettings.builder()
                .applyConnectionString(address)
                .applicationName("candlestack-" + role.userName())
                .writeConcern(WriteConcern.MAJORITY.withJournal(true))
                .applyToSocketSettings(
                        socket -> socket.connectTimeout(ANSWER_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                                .readTimeout(ANSWER_PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                .applyToClusterSettings(
                        cluster -> cluster.serverSelectionTimeout(patience.toMillis(), TimeUnit.MILLISECONDS));
        credential(role).ifPresent(settings::credential);
        return MongoClients.create(settings.build());
    }

    private Optional<MongoCredential> credential(MongoRole role) {
        if (embedded || address.getCredential() != null) {
            return Optional.empty();
        }
        return secrets.find(role.secret())
                .map(password ->
                        MongoCredential.createCredential(role.userName(), role.database(), password.toCharArray()));
    }
}
