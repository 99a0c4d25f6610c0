package candlestack.local.mongodb;

import static java.util.Objects.requireNonNull;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what has outlived the index that says how long it lives, as MongoDB does every minute: the library takes such
 * indexes and forgets about them. Runs on the thread of its caller.
 */
final class Expiry implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Expiry.class);
    private static final String EXPIRES_AFTER = "expireAfterSeconds";

    private final MongoClient client;
    private final InstantSource clock;

    /** The client stays the caller's. */
    Expiry(MongoClient client, InstantSource clock) {
        this.client = requireNonNull(client, "client is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** One round. A failure is said, and the next round tries again. */
    @Override
    public void run() {
        try {
            for (String name : client.listDatabaseNames()) {
                sweep(client.getDatabase(name));
            }
        } catch (MongoException e) {
            log.warn("Cannot delete what has expired", e);
        }
    }

    private void sweep(MongoDatabase database) {
        for (String name : database.listCollectionNames()) {
            MongoCollection<Document> collection = database.getCollection(name);
            for (Document index : collection.listIndexes()) {
                if (index.containsKey(EXPIRES_AFTER)) {
                    sweep(collection, index);
                }
            }
        }
    }

    private void sweep(MongoCollection<Document> collection, Document index) {
        String field = index.get("key", Document.class).keySet().iterator().next();
        Instant before = clock.instant()
                .minusSeconds(index.get(EXPIRES_AFTER, Number.class).longValue());
        long deleted =
                collection.deleteMany(Filters.lt(field, Date.from(before))).getDeletedCount();
        if (deleted > 0) {
            log.info("Deleted {} documents of {} that had expired", deleted, collection.getNamespace());
        }
    }
}
