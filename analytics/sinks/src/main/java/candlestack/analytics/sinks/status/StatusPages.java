package candlestack.analytics.sinks.status;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.sinks.status.TopicWatch.Progress;
import candlestack.config.Topic;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The pages that this process can answer by itself. Lists are arrays of flat objects, as tables want them. */
public final class StatusPages {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final SinkStatus status;
    private final TopicWatch watch;
    private final InstantSource clock;

    public StatusPages(SinkStatus status, TopicWatch watch, InstantSource clock) {
        this.status = requireNonNull(status, "status is null");
        this.watch = requireNonNull(watch, "watch is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** By path. */
    public Map<String, JsonPage> all() {
        Map<String, JsonPage> pages = new LinkedHashMap<>();
        pages.put("/health", rest -> only(rest, health()));
        pages.put("/pipeline/streams", rest -> only(rest, streams()));
        pages.put("/pipeline/sinks", rest -> only(rest, sinks()));
        return pages;
    }

    private static Optional<JsonNode> only(String rest, JsonNode page) {
        return rest.isEmpty() ? Optional.of(page) : Optional.empty();
    }

    /** The process is well when it answers; a store that is away is {@code degraded}. */
    private JsonNode health() {
        boolean well = status.sinks().stream().allMatch(sink -> sink.problem().isEmpty());
        return NODES.objectNode().put("status", well ? "pass" : "degraded").set("sinks", sinks());
    }

    private JsonNode sinks() {
        ArrayNode array = NODES.arrayNode();
        status.sinks().forEach(sink -> array.add(MetricsReporter.json(sink)));
        return array;
    }

    private JsonNode streams() {
        ArrayNode array = NODES.arrayNode();
        watch.progress().forEach((topic, progress) -> array.add(stream(topic, progress)));
        return array;
    }

    private ObjectNode stream(Topic topic, Progress progress) {
        ObjectNode row = NODES.objectNode()
                .put("topic", topic.topicName())
                .put("records", progress.records())
                .put("records_per_second", progress.perSecond())
                .put("backlog", status.backlog(topic));
        progress.newest()
                .ifPresent(newest -> row.put("last_record", newest.toString())
                        .put(
                                "age_seconds",
                                Duration.between(newest, clock.instant()).toMillis() / 1000.0));
        return row;
    }
}
