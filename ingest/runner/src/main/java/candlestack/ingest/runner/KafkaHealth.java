package candlestack.ingest.runner;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notices when Kafka no longer acknowledges. Says it once, and once more when it does again. The host's thread. */
final class KafkaHealth {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaHealth.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Duration behind = Duration.ZERO;

    StatusFile.Kafka check(List<HostedSource> sources) {
        Duration oldest = sources.stream()
                .flatMap(source -> source.positions().stream())
                .map(positions -> positions.deliveries().oldest())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        boolean isBehind = oldest.compareTo(PATIENCE) > 0;
        if (isBehind && behind.isZero()) {
            LOG.warn("Kafka has acknowledged nothing for {} s: sources wait, nothing is lost", oldest.toSeconds());
        }
        if (!isBehind && !behind.isZero()) {
            LOG.info("Kafka acknowledges again, after {} s", behind.toSeconds());
        }
        behind = isBehind ? oldest : Duration.ZERO;
        return isBehind ? StatusFile.Kafka.BEHIND : StatusFile.Kafka.CONNECTED;
    }
}
