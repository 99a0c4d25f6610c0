package candlestack.setup;

import static candlestack.setup.InfluxSetup.accepted;

import candlestack.config.Secrets;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tokens that may do one thing in our buckets and nothing else. The server shows a token only once, when it is made. */
final class InfluxTokens {
    private static final Logger log = LoggerFactory.getLogger(InfluxTokens.class);

    private final InfluxApi api;
    private final String admin;
    private final String organizationId;
    private final Secrets secrets;

    InfluxTokens(InfluxApi api, String admin, String organizationId, Secrets secrets) {
        this.api = api;
        this.admin = admin;
        this.organizationId = organizationId;
        this.secrets = secrets;
    }

    /**
     * Keeps the token in the secret while the server knows it, for all of the buckets; makes a new one otherwise.
     *
     * @param action {@code read} or {@code write}
     * @param bucketIds by name
     */
    void make(String action, String secret, Map<String, String> bucketIds) throws IOException, InterruptedException {
        String description = "candlestack " + action + ": " + String.join(", ", bucketIds.keySet());
        Optional<String> kept = secrets.find(secret);
        if (kept.isPresent() && known(kept.get()) && listed(description)) {
            return;
        }
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("orgID", organizationId)
                .put("status", "active")
                .put("description", description);
        ArrayNode permissions = body.putArray("permissions");
        for (String id : bucketIds.values()) {
            ObjectNode permission = permissions.addObject().put("action", action);
            permission
                    .putObject("resource")
                    .put("type", "buckets")
                    .put("id", id)
                    .put("orgID", organizationId);
        }
        JsonNode made = accepted("create the token to " + action, api.post("/api/v2/authorizations", admin, body))
                .body();
        secrets.store(secret, made.path("token").asText());
        log.info("Created a token to {} the buckets", action);
    }

    private boolean known(String token) throws IOException, InterruptedException {
        return api.get("/api/v2/buckets?limit=1", token).status() != 401;
    }

    /** A token made for other buckets than today's is of no use. */
    private boolean listed(String description) throws IOException, InterruptedException {
        JsonNode body = accepted("list the tokens", api.get("/api/v2/authorizations?orgID=" + organizationId, admin))
                .body();
        for (JsonNode authorization : body.path("authorizations")) {
            if (authorization.path("description").asText().equals(description)) {
                return true;
            }
        }
        return false;
    }
}
