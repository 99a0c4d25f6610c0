package candlestack.setup;

import static java.util.Objects.requireNonNull;

import candlestack.config.Keys;
import candlestack.config.Secrets;
import candlestack.config.Settings;
import candlestack.setup.InfluxApi.Answer;
import candlestack.setup.Patience.NotYetException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The organisation, its buckets, and one token each for writing and reading them. A server that nobody has set up yet
 * is set up with the admin token of our secrets; of any other we need to have that token.
 */
final class InfluxSetup implements SetupStep {
    private static final Logger log = LoggerFactory.getLogger(InfluxSetup.class);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String USER = "candlestack";

    private final String organization;
    private final InfluxApi api;
    private final Secrets secrets;
    private final Map<String, Duration> buckets;

    /** @param buckets retention by name, zero for ever */
    InfluxSetup(Settings settings, Secrets secrets, Map<String, Duration> buckets) {
        this.organization = settings.get(Keys.INFLUXDB_ORG);
        this.api = new InfluxApi(settings.influxdbUrl());
        this.secrets = requireNonNull(secrets, "secrets is null");
        this.buckets = new LinkedHashMap<>(buckets);
    }

    @Override
    public String name() {
        return "influxdb";
    }

    @Override
    public void run(Duration patience) throws InterruptedException {
        String server = "InfluxDB at " + api.url();
        Answer state = Patience.await(server, patience, this::probe);
        try {
            String admin = secrets.findOrGenerate(Secrets.INFLUXDB_ADMIN);
            if (state.body().path("allowed").asBoolean()) {
                onboard(admin);
            }
            String organizationId = organization(admin);
            Map<String, String> ids = new InfluxBuckets(api, admin, organizationId).make(buckets);
            InfluxTokens tokens = new InfluxTokens(api, admin, organizationId, secrets);
            tokens.make("write", Secrets.INFLUXDB_WRITER, ids);
            tokens.make("read", Secrets.INFLUXDB_READER, ids);
        } catch (IOException e) {
            throw new SetupException("Cannot set up " + server, e);
        }
    }

    private Answer probe() throws NotYetException, InterruptedException {
        try {
            Answer answer = api.get("/api/v2/setup", "");
            if (answer.status() >= 500) {
                throw new NotYetException(new IOException(answer.message()));
            }
            return accepted("ask whether it is set up", answer);
        } catch (IOException e) {
            throw new NotYetException(e);
        }
    }

    private void onboard(String admin) throws IOException, InterruptedException {
        Map.Entry<String, Duration> first = buckets.entrySet().iterator().next();
        ObjectNode body = NODES.objectNode()
                .put("username", USER)
                .put("password", secrets.findOrGenerate(Secrets.INFLUXDB_PASSWORD))
                .put("org", organization)
                .put("bucket", first.getKey())
                .put("retentionPeriodSeconds", first.getValue().toSeconds())
                .put("token", admin);
        accepted("set up organisation '" + organization + "'", api.post("/api/v2/setup", "", body));
        log.info("Created organisation {}", organization);
    }

    private String organization(String admin) throws IOException, InterruptedException {
        String name = URLEncoder.encode(organization, StandardCharsets.UTF_8);
        Answer found = api.get("/api/v2/orgs?org=" + name, admin);
        if (found.status() == 401) {
            throw new SetupException("Cannot set up InfluxDB at " + api.url()
                    + ": it was set up before with another admin token; put that one into the secret '"
                    + Secrets.INFLUXDB_ADMIN + "'");
        }
        JsonNode first = found.body().path("orgs").path(0);
        if (found.successful() && first.has("id")) {
            return first.path("id").asText();
        }
        ObjectNode body = NODES.objectNode().put("name", organization);
        return accepted("create organisation '" + organization + "'", api.post("/api/v2/orgs", admin, body))
                .body()
                .path("id")
                .asText();
    }

    /** @throws SetupException with the server's words when it refused */
    static Answer accepted(String action, Answer answer) {
        if (!answer.successful()) {
            throw new SetupException("Cannot " + action + " in InfluxDB: " + answer.message());
        }
        return answer;
    }
}
