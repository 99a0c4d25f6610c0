package candlestack.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import candlestack.config.Settings;
import candlestack.local.services.ServiceTest;
import candlestack.local.services.TestService;
import candlestack.local.services.TestServices;
import candlestack.mongodb.MongoConnections;
import candlestack.mongodb.MongoRole;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@ServiceTest
class MongoSetupTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

    @TempDir
    Path home;

    @Test
    void collectionsIndexesAndWhatWasAcknowledgedOutliveAKill() throws InterruptedException {
        try (TestService mongo = TestServices.mongodb(home)) {
            new MongoSetup(settings("365d", mongo)).run(PATIENCE);
            try (MongoClient client = client(mongo, MongoRole.WRITER)) {
                database(client).getCollection("by_nationality").bulkWrite(rows(100));
                // Written and gone in the same instant.
                mongo.kill();
            }
            mongo.start();
            new MongoSetup(settings("30d", mongo)).run(PATIENCE);

            try (MongoClient client = client(mongo, MongoRole.READER)) {
                assertThat(indexes(database(client)))
                        .isEqualTo(Map.of(
                                "raw_profiles",
                                List.of("_id_", "nationality", "stored"),
                                "by_nationality",
                                List.of("_id_", "count"),
                                "age_groups",
                                List.of("_id_"),
                                "email_domains",
                                List.of("_id_", "count")));
                assertThat(database(client).getCollection("by_nationality").countDocuments())
                        .isEqualTo(100);
                assertThat(database(client)
                                .getCollection("by_nationality")
                                .find(new Document("_id", "N42"))
                                .first())
                        .isEqualTo(new Document("_id", "N42").append("count", 42));
            }
            new MongoSetup(settings("36500d", mongo)).run(PATIENCE);
            try (MongoClient client = client(mongo, MongoRole.READER)) {
                assertThat(database(client).getCollection("raw_profiles").listIndexes().into(new ArrayList<>()).stream()
                                .filter(index -> index.getString("name").equals("stored"))
                                .map(index -> index.get("expireAfterSeconds", Number.class)
                                        .longValue()))
                        .containsExactly((long) Integer.MAX_VALUE);
            }
            mongo.stop();
            mongo.start();
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsNamedAfterTheDeadlineWithoutItsPassword() {
        MongoSetup step = new MongoSetup(
                TestServices.settings(home, Map.of("mongodb.url", "mongodb://someone:secret@127.0.0.1:1")));

        assertThatThrownBy(() -> step.run(Duration.ofMillis(300)))
                .isInstanceOf(SetupException.class)
                .hasMessageStartingWith("Cannot reach MongoDB at 127.0.0.1:1 within 0 s")
                .message()
                .doesNotContain("secret@");
    }

    private static List<ReplaceOneModel<Document>> rows(int count) {
        List<ReplaceOneModel<Document>> rows = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            Document row = new Document("_id", "N" + number).append("count", number);
            rows.add(new ReplaceOneModel<>(new Document("_id", row.get("_id")), row, UPSERT));
        }
        return rows;
    }

    private static Map<String, List<String>> indexes(MongoDatabase database) {
        Map<String, List<String>> indexes = new TreeMap<>();
        for (String name : database.listCollectionNames()) {
            indexes.put(
                    name,
                    database.getCollection(name).listIndexes().into(new ArrayList<>()).stream()
                            .map(index -> index.getString("name"))
                            .sorted()
                            .toList());
        }
        return indexes;
    }

    private MongoClient client(TestService mongo, MongoRole role) {
        return new MongoConnections(settings("1d", mongo)).open(role, PATIENCE);
    }

    private Settings settings(String retention, TestService mongo) {
        return TestServices.settings(home, Map.of("retention", retention), mongo);
    }

    private static MongoDatabase database(MongoClient client) {
        return client.getDatabase("users");
    }
}
