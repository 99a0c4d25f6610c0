package candlestack.analytics.sinks.status;

import static java.util.Objects.requireNonNull;

import candlestack.analytics.sinks.status.SinkStatus.Sink;
import candlestack.config.Topic;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells every second how the sinks are: a record each to {@code pipeline.metrics}, counting what happened since the
 * last, and a file for the launcher, counting since the start of the process.
 */
public final class MetricsReporter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MetricsReporter.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final Sink NOTHING_YET = new Sink("", 0, 0, 0, 0, Optional.empty());

    private final SinkStatus status;
    private final Producer<byte[], byte[]> producer;
    private final Path file;
    private final Map<String, Sink> last = new HashMap<>();
    private final Ticker ticker = new Ticker("sink-metrics", this::report);

    /** The producer stays the caller's. */
    public MetricsReporter(SinkStatus status, Producer<byte[], byte[]> producer, Path file) {
        this.status = requireNonNull(status, "status is null");
        this.producer = requireNonNull(producer, "producer is null");
        this.file = requireNonNull(file, "file is null");
    }

    public void start() {
        ticker.start();
    }

    @Override
    public void close() {
        ticker.close();
    }

    private void report() throws IOException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        List<Sink> sinks = status.sinks();
        write(now, sinks);
        sinks.forEach(sink -> send(now, sink));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of a failure
    private void send(Instant now, Sink sink) {
        Sink before = Optional.ofNullable(last.put(sink.name(), sink)).orElse(NOTHING_YET);
        ObjectNode value = JSON.createObjectNode()
                .put("measurement", "sink")
                .put("name", sink.name())
                .put("time", now.toString());
        ObjectNode fields = value.putObject("fields")
                .put("written", sink.written() - before.written())
                .put("retries", sink.retries() - before.retries())
                .put("failed", sink.failed() - before.failed())
                .put("backlog", sink.backlog());
        status.metrics(sink.name()).takeSlowestMillis().ifPresent(slowest -> fields.put("latency_ms", slowest));
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(Topic.PIPELINE_METRICS.topicName(), utf8(sink.name()), utf8(value.toString()));
        record.headers().add("source", utf8("sinks")).add("event-id", utf8(sink.name() + "/" + now.toEpochMilli()));
        producer.send(record, MetricsReporter::lost);
    }

    /** A report that is lost is told by the next one's time. */
    private static void lost(RecordMetadata ignored, Exception failure) {
        if (failure != null) {
            log.debug("A report is lost", failure);
        }
    }

    private void write(Instant now, List<Sink> sinks) throws IOException {
        ObjectNode root = JSON.createObjectNode().put("time", now.toString());
        ArrayNode array = root.putArray("sinks");
        sinks.forEach(sink -> array.add(json(sink)));
        Files.createDirectories(file.getParent());
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        Files.write(draft, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static ObjectNode json(Sink sink) {
        ObjectNode object = JSON.createObjectNode()
                .put("name", sink.name())
                .put("state", sink.problem().isEmpty() ? "delivering" : "waiting")
                .put("written", sink.written())
                .put("retries", sink.retries())
                .put("failed", sink.failed())
                .put("backlog", sink.backlog());
        sink.problem().ifPresent(problem -> object.put("problem", problem));
        return object;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
