package candlestack.local.mongodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import de.bwaldvogel.mongo.MongoServer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpiryTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void whatOutlivedItsIndexIsDeletedAndNothingElse() {
        MongoServer server = new MongoServer(DurableBackend.open(folder.resolve("store.h2")));
        try (MongoClient client = MongoClients.create(server.bindAndGetConnectionString())) {
            MongoCollection<Document> profiles = client.getDatabase("users").getCollection("raw_profiles");
            profiles.createIndex(
                    new Document("stored", 1), new IndexOptions().name("stored").expireAfter(1L, TimeUnit.HOURS));
            profiles.insertMany(List.of(
                    new Document("_id", "old").append("stored", Date.from(NOW.minusSeconds(3601))),
                    new Document("_id", "young").append("stored", Date.from(NOW.minusSeconds(3600))),
                    new Document("_id", "timeless")));
            MongoCollection<Document> others = client.getDatabase("users").getCollection("others");
            others.insertOne(new Document("_id", "other").append("stored", Date.from(Instant.EPOCH)));

            new Expiry(client, () -> NOW).run();

            assertThat(profiles.distinct("_id", String.class).into(new ArrayList<>()))
                    .containsExactlyInAnyOrder("young", "timeless");
            assertThat(others.countDocuments()).isEqualTo(1);
        } finally {
            server.shutdownNow();
        }
    }
}
