package candlestack.setup;

import candlestack.config.Keys;
import candlestack.config.Secrets;
import candlestack.config.Settings;
import candlestack.mongodb.MongoConnections;
import candlestack.mongodb.MongoRole;
import candlestack.setup.Patience.NotYetException;
import candlestack.setup.SchemaFiles.SchemaFile;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The collections and their indexes and, where the server knows logins, those of writer and reader. Uses only what
 * MongoDB and the embedded server both support.
 */
final class MongoSetup implements SetupStep {
    private static final Logger log = LoggerFactory.getLogger(MongoSetup.class);
    /** MongoDB takes no longer time: 68 years. */
    private static final long LONGEST_SECONDS = Integer.MAX_VALUE;

    private static final Duration ONE_TRY = Duration.ofSeconds(2);

    private final MongoConnections connections;
    private final Secrets secrets;
    private final Duration retention;

    MongoSetup(Settings settings) {
        this.connections = new MongoConnections(settings);
        this.secrets = new Secrets(settings.secretsDirectory());
        this.retention = settings.get(Keys.RETENTION);
    }

    @Override
    public String name() {
        return "mongodb";
    }

    @Override
    public void run(Duration patience) throws InterruptedException {
        String server = "MongoDB at " + connections.hosts();
        try (MongoClient client = connections.open(MongoRole.OWNER, ONE_TRY)) {
            MongoDatabase database = client.getDatabase(MongoConnections.DATABASE);
            Patience.await(server, patience, () -> ping(server, database));
            if (connections.hasLogins()) {
                new MongoUsers(database, secrets).make();
            }
            for (SchemaFile file : SchemaFiles.load("mongodb")) {
                for (Document collection : Document.parse(file.text()).getList("collections", Document.class)) {
                    make(database, collection);
                }
            }
        } catch (MongoException e) {
            throw new SetupException("Cannot set up " + server, e);
        }
    }

    private static Document ping(String server, MongoDatabase database) throws NotYetException {
        try {
            return database.runCommand(new Document("ping", 1));
        } catch (MongoSecurityException e) {
            throw new SetupException(
                    "Cannot log in to " + server + " with the login in mongodb.url or, without one there, the secret '"
                            + Secrets.MONGODB_OWNER + "'",
                    e);
        } catch (MongoTimeoutException e) {
            throw new NotYetException(e);
        }
    }

    private void make(MongoDatabase database, Document wanted) {
        String name = wanted.getString("name");
        if (!database.listCollectionNames().into(new ArrayList<>()).contains(name)) {
            database.createCollection(name);
            log.info("Created collection {}", name);
        }
        MongoCollection<Document> collection = database.getCollection(name);
        List<Document> existing = collection.listIndexes().into(new ArrayList<>());
        for (Document index : wanted.getList("indexes", Document.class)) {
            makeIndex(collection, index, existing);
        }
    }

    private void makeIndex(MongoCollection<Document> collection, Document index, List<Document> existing) {
        IndexOptions options = new IndexOptions().name(index.getString("name"));
        Optional<Long> expiry = index.containsKey("expireAfter")
                ? Optional.of(Math.min(retention.toSeconds(), LONGEST_SECONDS))
                : Optional.empty();
        expiry.ifPresent(seconds -> options.expireAfter(seconds, TimeUnit.SECONDS));
        Optional<Document> known = existing.stream()
                .filter(other -> other.getString("name").equals(options.getName()))
                .findFirst();
        if (known.isPresent() && expiresAfter(known.get()).equals(expiry)) {
            return;
        }
        known.ifPresent(old -> collection.dropIndex(old.getString("name")));
        collection.createIndex(index.get("key", Document.class), options);
    }

    private static Optional<Long> expiresAfter(Document index) {
        return Optional.ofNullable(index.get("expireAfterSeconds", Number.class))
                .map(Number::longValue);
    }
}
