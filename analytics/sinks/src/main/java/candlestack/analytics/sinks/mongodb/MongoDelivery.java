package candlestack.analytics.sinks.mongodb;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import candlestack.analytics.sinks.delivery.Delivery;
import candlestack.analytics.sinks.delivery.Refusals;
import candlestack.analytics.sinks.delivery.StoreException;
import candlestack.analytics.sinks.event.RefinedUser;
import candlestack.analytics.sinks.event.UserTally;
import candlestack.analytics.sinks.users.UserBatch;
import candlestack.analytics.sinks.users.UserBatch.Version;
import candlestack.config.Settings;
import candlestack.config.Topic;
import candlestack.mongodb.MongoConnections;
import candlestack.mongodb.MongoRole;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.BSONException;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Raw documents of users, and what is counted of them: one bulk write a batch and collection, all of them upserts. */
public final class MongoDelivery implements Delivery {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final BulkWriteOptions ANY_ORDER = new BulkWriteOptions().ordered(false);
    private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

    private final MongoClient client;
    private final MongoDatabase database;

    /** Connects in the background. */
    public MongoDelivery(Settings settings) {
        requireNonNull(settings, "settings is null");
        this.client = new MongoConnections(settings).open(MongoRole.WRITER, PATIENCE);
        this.database = client.getDatabase(MongoConnections.DATABASE);
    }

    @Override
    public String name() {
        return "mongodb";
    }

    @Override
    public List<Topic> topics() {
        return UserBatch.TOPICS;
    }

    @Override
    public Duration gathering() {
        return Duration.ofMillis(250);
    }

    @Override
    public int deliver(List<ConsumerRecord<byte[], byte[]>> records, Refusals refusals)
            throws StoreException, InterruptedException {
        UserBatch batch = UserBatch.of(records, refusals);
        try {
            return write("raw_profiles", batch.users(), MongoDelivery::rawProfile)
                    + write(
                            "by_nationality",
                            batch.tallies("nationality"),
                            tally -> counted("nationality", tally).append("mean_age", tally.meanAge()))
                    + write("age_groups", batch.tallies("age_group"), tally -> counted("group", tally))
                    + write("email_domains", batch.tallies("mail_domain"), tally -> counted("domain", tally));
        } catch (MongoInterruptedException e) {
            InterruptedException interrupt = new InterruptedException("stopped while writing to MongoDB");
            interrupt.initCause(e);
            throw interrupt;
        } catch (BSONException | IllegalArgumentException e) {
            // The driver cannot make a document of it, and has sent nothing.
            throw new StoreException(StoreException.Kind.REFUSED, requireNonNullElse(e.getMessage(), e.toString()), e);
        } catch (MongoException e) {
            throw new StoreException(kind(e), e.getMessage(), e);
        } catch (IllegalStateException e) {
            throw new StoreException(StoreException.Kind.UNREACHABLE, "The client was closed", e);
        }
    }

    private <T> int write(String collection, Iterable<Version<T>> versions, Function<T, Document> document) {
        List<WriteModel<Document>> models = new ArrayList<>();
        for (Version<T> version : versions) {
            Bson id = Filters.eq("_id", version.key());
            models.add(
                    version.value().isEmpty()
                            ? new DeleteOneModel<>(id)
                            : new ReplaceOneModel<>(
                                    id, document.apply(version.value().get()), UPSERT));
        }
        if (!models.isEmpty()) {
            database.getCollection(collection).bulkWrite(models, ANY_ORDER);
        }
        return models.size();
    }

    /** As it came; the date is what documents expire by. */
    private static Document rawProfile(RefinedUser user) {
        Document document = BsonDocuments.of(user.raw());
        document.append("_id", user.id().toString());
        return document.append("stored", user.time());
    }

    private static Document counted(String groupName, UserTally tally) {
        return new Document("_id", tally.group())
                .append(groupName, tally.group())
                .append("count", tally.count());
    }

    private static StoreException.Kind kind(MongoException e) {
        if (e instanceof MongoSecurityException) {
            return StoreException.Kind.MISCONFIGURED;
        }
        if (e instanceof MongoSocketException || e instanceof MongoTimeoutException) {
            return StoreException.Kind.UNREACHABLE;
        }
        boolean refused = e instanceof MongoBulkWriteException bulk
                && !bulk.getWriteErrors().isEmpty();
        return refused ? StoreException.Kind.REFUSED : StoreException.Kind.BUSY;
    }

    @Override
    public void close() {
        client.close();
    }
}
