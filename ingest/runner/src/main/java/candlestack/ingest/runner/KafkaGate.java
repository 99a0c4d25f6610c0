package candlestack.ingest.runner;

import candlestack.config.Topic;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for Kafka and for its topics, which the setup makes. Says so once. */
final class KafkaGate implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaGate.class);
    private static final int TIMEOUT_MS = 2_000;

    private final String bootstrap;
    private final Admin admin;
    private String said = "";

    KafkaGate(String bootstrap) {
        this.bootstrap = bootstrap;
        this.admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                AdminClientConfig.CLIENT_ID_CONFIG,
                "candlestack-ingest-gate",
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                TIMEOUT_MS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                TIMEOUT_MS));
    }

    /** Asks once; takes no longer than some two seconds. */
    boolean isOpen() throws InterruptedException {
        try {
            Set<String> missing = new TreeSet<>(Topic.names());
            missing.removeAll(admin.listTopics().names().get(TIMEOUT_MS + 500, TimeUnit.MILLISECONDS));
            if (!missing.isEmpty()) {
                say("Waiting for topics " + missing + " at " + bootstrap + ": the setup makes them");
            }
            return missing.isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            say("Waiting for Kafka at " + bootstrap);
            return false;
        }
    }

    private void say(String text) {
        if (!text.equals(said)) {
            LOG.info(text);
            said = text;
        }
    }

    @Override
    public void close() {
        admin.close(java.time.Duration.ofMillis(500));
    }
}
