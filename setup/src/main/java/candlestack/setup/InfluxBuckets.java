package candlestack.setup;

import static candlestack.setup.InfluxSetup.accepted;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the buckets that are missing and corrects how long the others keep their points. */
final class InfluxBuckets {
    private static final Logger log = LoggerFactory.getLogger(InfluxBuckets.class);

    private final InfluxApi api;
    private final String admin;
    private final String organizationId;

    InfluxBuckets(InfluxApi api, String admin, String organizationId) {
        this.api = api;
        this.admin = admin;
        this.organizationId = organizationId;
    }

    /** @return the id of each bucket by its name */
    Map<String, String> make(Map<String, Duration> wanted) throws IOException, InterruptedException {
        Map<String, JsonNode> existing = existing();
        Map<String, String> ids = new LinkedHashMap<>();
        for (Map.Entry<String, Duration> entry : wanted.entrySet()) {
            String name = entry.getKey();
            JsonNode bucket = existing.get(name);
            if (bucket == null) {
                bucket = create(name, entry.getValue());
            } else if (retention(bucket) != entry.getValue().toSeconds()) {
                change(bucket, entry.getValue());
            }
            ids.put(name, bucket.path("id").asText());
        }
        return ids;
    }

    private Map<String, JsonNode> existing() throws IOException, InterruptedException {
        Map<String, JsonNode> buckets = new LinkedHashMap<>();
        accepted("list the buckets", api.get("/api/v2/buckets?limit=100&orgID=" + organizationId, admin))
                .body()
                .path("buckets")
                .forEach(bucket -> buckets.put(bucket.path("name").asText(), bucket));
        return buckets;
    }

    private JsonNode create(String name, Duration retention) throws IOException, InterruptedException {
        ObjectNode body = rules(retention).put("orgID", organizationId).put("name", name);
        JsonNode made = accepted("create bucket '" + name + "'", api.post("/api/v2/buckets", admin, body))
                .body();
        log.info("Created bucket {}", name);
        return made;
    }

    private void change(JsonNode bucket, Duration retention) throws IOException, InterruptedException {
        String path = "/api/v2/buckets/" + bucket.path("id").asText();
        String name = bucket.path("name").asText();
        accepted("change how long bucket '" + name + "' keeps its points", api.patch(path, admin, rules(retention)));
        log.info("Bucket {} now keeps its points for {}", name, retention.isZero() ? "ever" : retention);
    }

    private static ObjectNode rules(Duration retention) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("retentionRules").addObject().put("type", "expire").put("everySeconds", retention.toSeconds());
        return body;
    }

    /** A server may leave out the rule of a bucket that keeps its points for ever. */
    private static long retention(JsonNode bucket) {
        return bucket.path("retentionRules").path(0).path("everySeconds").asLong(0);
    }
}
