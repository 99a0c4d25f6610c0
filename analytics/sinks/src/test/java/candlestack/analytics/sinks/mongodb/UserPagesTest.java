package candlestack.analytics.sinks.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import candlestack.analytics.sinks.status.UnavailableException;
import candlestack.config.Settings;
import candlestack.local.services.ServiceTest;
import candlestack.local.services.TestService;
import candlestack.local.services.TestServices;
import candlestack.mongodb.MongoConnections;
import candlestack.mongodb.MongoRole;
import candlestack.setup.SetupSteps;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@ServiceTest
class UserPagesTest {
    @TempDir
    Path home;

    @Test
    void answersWithTheLargestFirstAndAgesInTheirOrderUntilTheStoreIsAway() throws InterruptedException {
        try (TestService mongo = TestServices.mongodb(home)) {
            Settings settings = TestServices.settings(home, Map.of(), mongo);
            SetupSteps.mongodb(settings).run(Duration.ofMinutes(1));
            MongoConnections connections = new MongoConnections(settings);
            write(connections);
            try (UserPages pages = new UserPages(connections)) {
                assertThat(answer(pages, "/users/by-nationality"))
                        .isEqualTo("[{\"nationality\":\"NO\",\"count\":12,\"mean_age\":40.5},"
                                + "{\"nationality\":\"FR\",\"count\":3,\"mean_age\":31.0},"
                                + "{\"nationality\":\"US\",\"count\":3,\"mean_age\":22.0}]");
                assertThat(answer(pages, "/users/age-groups"))
                        .isEqualTo("[{\"group\":\"18-29\",\"count\":4},{\"group\":\"30-39\",\"count\":9}]");
                assertThat(answer(pages, "/users/email-domains")).isEqualTo("[]");
                assertThat(pages.all().get("/users/age-groups").answer("18-29")).isEmpty();

                mongo.kill();

                assertThatThrownBy(() -> answer(pages, "/users/age-groups"))
                        .isInstanceOf(UnavailableException.class)
                        .hasMessage("Cannot read from MongoDB at " + connections.hosts());
                mongo.start();
                assertThat(answer(pages, "/users/email-domains")).isEqualTo("[]");
            }
        }
    }

    private static void write(MongoConnections connections) {
        try (MongoClient client = connections.open(MongoRole.WRITER, Duration.ofSeconds(30))) {
            MongoDatabase database = client.getDatabase(MongoConnections.DATABASE);
            database.getCollection("by_nationality")
                    .insertMany(
                            List.of(nationality("US", 3, 22), nationality("NO", 12, 40.5), nationality("FR", 3, 31)));
            database.getCollection("age_groups").insertMany(List.of(group("30-39", 9), group("18-29", 4)));
        }
    }

    private static Document nationality(String name, long count, double meanAge) {
        return new Document("_id", name)
                .append("nationality", name)
                .append("count", count)
                .append("mean_age", meanAge);
    }

    private static Document group(String name, long count) {
        return new Document("_id", name).append("group", name).append("count", count);
    }

    private static String answer(UserPages pages, String path) {
        return pages.all().get(path).answer("").orElseThrow().toString();
    }
}
