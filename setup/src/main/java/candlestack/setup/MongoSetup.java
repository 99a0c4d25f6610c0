package candlestack.setup;

import static java.util.Objects.requireNonNull;

import candlestack.setup.Patience.NotYetException;
import candlestack.setup.SchemaFiles.SchemaFile;
import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
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

/** The collections and their indexes. Uses only what MongoDB and the embedded server both support. */
final class MongoSetup implements SetupStep {
    static final String DATABASE = "users";

    private static final Logger log = LoggerFactory.getLogger(MongoSetup.class);
    private static final Duration ONE_TRY = Duration.ofSeconds(2);

    private final String url;
    private final Duration retention;

    MongoSetup(String url, Duration retention) {
        this.url = requireNonNull(url, "url is null");
        this.retention = requireNonNull(retention, "retention is null");
    }

    @Override
    public String name() {
        return "mongodb";
    }

    @Override
    public void run(Duration patience) throws InterruptedException {
        ConnectionString address = new ConnectionString(url);
        // Without what the address may hold of a login.
        String server = "MongoDB at " + String.join(",", address.getHosts());
        try (MongoClient client = MongoClients.create(settings(address))) {
            MongoDatabase database = client.getDatabase(DATABASE);
            Patience.await(server, patience, () -> ping(server, database));
            for (SchemaFile file : SchemaFiles.load("mongodb")) {
                for (Document collection : Document.parse(file.text()).getList("collections", Document.class)) {
                    make(database, collection);
                }
            }
        } catch (MongoException e) {
            throw new SetupException("Cannot set up " + server, e);
        }
    }

    private static MongoClientSettings settings(ConnectionString address) {
        return MongoClientSettings.builder()
                .applyConnectionString(address)
                .applyToClusterSettings(
                        cluster -> cluster.serverSelectionTimeout(ONE_TRY.toMillis(), TimeUnit.MILLISECONDS))
                .build();
    }

    private static Document ping(String server, MongoDatabase database) throws NotYetException {
        try {
            return database.runCommand(new Document("ping", 1));
        } catch (MongoSecurityException e) {
            throw new SetupException("Cannot log in to " + server + " with the login in mongodb.url", e);
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
        Optional<Long> expiry =
                index.containsKey("expireAfter") ? Optional.of(retention.toSeconds()) : Optional.empty();
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
