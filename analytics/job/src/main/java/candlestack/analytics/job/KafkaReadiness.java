package candlestack.analytics.job;

import candlestack.config.Topic;
import java.time.Duration;
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

/** Waits for Kafka: the topics are made by the set-up, which may still be at work. */
final class KafkaReadiness {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaReadiness.class);
    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private KafkaReadiness() {}

    /** @throws IllegalStateException naming what is missing after two minutes */
    static void await(String bootstrap) throws InterruptedException {
        // All of them: the set-up makes them together, and which the streams write is their own affair.
        Set<String> topics = new TreeSet<>(Topic.names());
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000",
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "5000"))) {
            String missing = missing(admin, topics);
            for (int attempt = 1; !missing.isEmpty(); attempt++) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("Cannot start: " + missing + " at " + bootstrap
                            + " after two minutes; is Kafka running and has the set-up made the topics?");
                }
                if (attempt % 20 == 1) {
                    LOG.info("Waiting: {} at {}", missing, bootstrap);
                }
                Thread.sleep(PAUSE.toMillis());
                missing = missing(admin, topics);
            }
        }
    }

    /** What there is to wait for, in words; empty if nothing. */
    private static String missing(Admin admin, Set<String> topics) throws InterruptedException {
        try {
            Set<String> absent = new TreeSet<>(topics);
            absent.removeAll(admin.listTopics().names().get(10, TimeUnit.SECONDS));
            return absent.isEmpty() ? "" : "no topic " + String.join(", ", absent);
        } catch (ExecutionException | TimeoutException e) {
            return "no answer from Kafka";
        }
    }
}
