package candlestack.ingest.feeds.kafka;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.Config;
import candlestack.ingest.api.SourceContext;
import candlestack.ingest.feeds.mapping.Mapping;
import candlestack.ingest.feeds.mapping.MappingOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The options of one instance; {@link KafkaOptions} says what they mean.
 *
 * @param client what any client of that Kafka is made with, secrets included
 */
record KafkaFeedConfig(
        String bootstrap, List<String> topics, KafkaOptions.Start start, Map<String, Object> client, Mapping mapping) {
    private static final String REFRESH = "metadata.max.age.ms";
    private static final String DEFAULT_REFRESH = "30000";

    KafkaFeedConfig {
        requireNonNull(bootstrap, "bootstrap is null");
        topics = List.copyOf(topics);
        requireNonNull(start, "start is null");
        client = Map.copyOf(client);
        requireNonNull(mapping, "mapping is null");
    }

    static KafkaFeedConfig of(SourceContext context) {
        Config config = context.config();
        String bootstrap = String.join(",", config.get(KafkaOptions.BOOTSTRAP));
        Map<String, Object> client = new HashMap<>(config.get(KafkaOptions.PROPERTIES));
        client.putIfAbsent("client.id", "candlestack-" + context.instance());
        client.putIfAbsent("enable.metrics.push", "false");
        client.put("bootstrap.servers", bootstrap);
        return new KafkaFeedConfig(
                bootstrap,
                config.get(KafkaOptions.TOPICS).stream().distinct().collect(Collectors.toList()),
                config.get(KafkaOptions.START),
                client,
                MappingOptions.mapping(config, config.get(KafkaOptions.TIME), context.instance()));
    }

    Map<String, Object> consumer() {
        Map<String, Object> consumer = new HashMap<>(client);
        consumer.putIfAbsent("isolation.level", "read_committed");
        consumer.putIfAbsent("max.poll.records", "2000");
        // A fetch is held in memory whole.
        consumer.putIfAbsent("fetch.max.bytes", Integer.toString(8 << 20));
        consumer.putIfAbsent(REFRESH, DEFAULT_REFRESH);
        consumer.put("enable.auto.commit", "false");
        consumer.put("auto.offset.reset", "none");
        return consumer;
    }

    /** How often the cluster is asked what it consists of. */
    Duration refresh() {
        return Duration.ofMillis(Long.parseLong(consumer().get(REFRESH).toString()));
    }
}
