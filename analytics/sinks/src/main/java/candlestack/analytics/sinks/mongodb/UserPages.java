package candlestack.analytics.sinks.mongodb;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.sinks.status.JsonPage;
import candlestack.analytics.sinks.status.UnavailableException;
import candlestack.mongodb.MongoConnections;
import candlestack.mongodb.MongoRole;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;

/** MongoDB's aggregates for the dashboards, as the user that can only read. Safe for all threads. */
public final class UserPages implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int MOST_ROWS = 1_000;

    private final MongoConnections connections;
    private MongoClient client;

    public UserPages(MongoConnections connections) {
        this.connections = requireNonNull(connections, "connections is null");
    }

    /** By path. Each is an array of flat objects; the largest come first, ages in their order. */
    public Map<String, JsonPage> all() {
        return Map.of(
                "/users/by-nationality", page("by_nationality", largestFirst("nationality")),
                "/users/age-groups", page("age_groups", Sorts.ascending("group")),
                "/users/email-domains", page("email_domains", largestFirst("domain")));
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
        }
    }

    private static Bson largestFirst(String name) {
        return Sorts.orderBy(Sorts.descending("count"), Sorts.ascending(name));
    }

    private JsonPage page(String collection, Bson order) {
        return rest -> rest.isEmpty() ? Optional.of(rows(collection, order)) : Optional.empty();
    }

    private JsonNode rows(String collection, Bson order) {
        try {
            ArrayNode rows = JSON.createArrayNode();
            for (Document document : client().getDatabase(MongoConnections.DATABASE)
                    .getCollection(collection)
                    .find()
                    .projection(Projections.excludeId())
                    .sort(order)
                    .limit(MOST_ROWS)) {
                rows.add(JSON.<JsonNode>valueToTree(document));
            }
            return rows;
        } catch (MongoException e) {
            throw new UnavailableException("Cannot read from MongoDB at " + connections.hosts(), e);
        }
    }

    /** At the first question: a login may be made after this process has started. */
    private synchronized MongoClient client() {
        if (client == null) {
            client = connections.open(MongoRole.READER, PATIENCE);
        }
        return client;
    }
}
