package candlestack.ingest.runner;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code run/ingest-status.json} in the home: what the launcher tells of the sources. It is replaced as a whole every
 * second; one that is older than some seconds was left by a process that is gone.
 */
final class StatusFile {
    private static final Logger LOG = LoggerFactory.getLogger(StatusFile.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Path file;
    private final Ingest.Setting setting;
    private final Roster roster;
    private Overview overview;
    private final Map<String, Rate> rates = new HashMap<>();
    private boolean isFailing;

    /** How it stands between the host and Kafka. */
    enum Kafka {
        /** Not there yet, or without its topics. */
        WAITING,
        CONNECTED,
        /** Does not acknowledge. */
        BEHIND,
        STOPPED
    }

    StatusFile(Ingest.Setting setting, Roster roster, Overview overview) throws IOException {
        this.file = Ingest.runDirectory(setting.home()).resolve("ingest-status.json");
        this.setting = setting;
        this.roster = roster;
        this.overview = overview;
    }

    /** From the next time on. */
    void overview(Overview next) {
        overview = next;
    }

    void write(Kafka kafka) {
        ObjectNode json = JSON.createObjectNode();
        json.put("time", Times.text(setting.clock().instant()));
        json.put("pid", ProcessHandle.current().pid());
        json.putObject("kafka").put("bootstrap", setting.bootstrap()).put("state", lower(kafka));
        ArrayNode list = json.putArray("sources");
        roster.all().forEach(source -> describe(source, list.addObject()));
        overview.describe(json);
        try {
            AtomicFiles.replace(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
            isFailing = false;
        } catch (IOException e) {
            if (!isFailing) {
                LOG.warn("Cannot write {}: {}", file, e.toString());
            }
            isFailing = true;
        }
    }

    private void describe(HostedSource source, ObjectNode json) {
        SourceStatus status = source.status();
        json.put("name", source.name());
        json.put("type", source.type());
        json.put("state", lower(status.state()));
        json.put("published", status.published());
        json.put("rejected", status.rejected());
        json.put(
                "rate",
                rates.computeIfAbsent(source.name(), ignored -> new Rate()).perSecond(status.published()));
        json.put("lag", Metrics.lag(source));
        status.notice().ifPresent(notice -> json.put("notice", notice));
        status.lastFailure()
                .ifPresent(failure -> json.putObject("lastError")
                        .put("kind", failure.kind())
                        .put("message", failure.message())
                        .put("time", Times.text(failure.time())));
        status.retryAt().ifPresent(time -> json.put("retryAt", Times.text(time)));
        status.call().ifPresent(call -> json.put("in", call.method()));
        source.stuck().ifPresent(text -> json.put("stuck", text));
        if (!status.problems().isEmpty()) {
            status.problems().forEach(json.withArray("problems")::add);
        }
        source.positions().flatMap(SourcePositions::saved).ifPresent(position -> {
            ObjectNode fields = json.putObject("position");
            position.fields().forEach((field, value) -> fields.put(field, shortened(value)));
        });
    }

    private static String shortened(String value) {
        return value.length() <= 100 ? value : value.substring(0, 100) + "...";
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Events a second since it was last asked. */
    private static final class Rate {
        private long count;
        private long nanos = System.nanoTime();

        double perSecond(long now) {
            long nowNanos = System.nanoTime();
            double rate = (now - count) * 1e9 / Math.max(1, nowNanos - nanos);
            count = now;
            nanos = nowNanos;
            return Math.round(rate * 10) / 10.0;
        }
    }
}
