package candlestack.analytics.job;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces {@code run/analytics-status.json} in the home about once a second, while every query makes progress: its age
 * is what a probe of the process looks at. Called by Spark's listener thread.
 */
final class StatusFile extends StreamingQueryListener {
    private static final Logger LOG = LoggerFactory.getLogger(StatusFile.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    /** A query without data says so every ten seconds. */
    private static final Duration STUCK = Duration.ofSeconds(45);

    private final transient Path file;
    private final transient InstantSource clock;
    private final transient Map<String, Instant> progress = new TreeMap<>();
    private final transient Map<String, String> names = new TreeMap<>();
    private transient Instant written = Instant.EPOCH;

    StatusFile(Path home, InstantSource clock) {
        this.file = requireNonNull(home, "home is null").resolve("run").resolve("analytics-status.json");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public synchronized void onQueryStarted(QueryStartedEvent event) {
        started(event.id().toString(), event.name());
    }

    @Override
    public synchronized void onQueryProgress(QueryProgressEvent event) {
        moved(event.progress().id().toString());
    }

    @Override
    public synchronized void onQueryIdle(QueryIdleEvent event) {
        moved(event.id().toString());
    }

    @Override
    public void onQueryTerminated(QueryTerminatedEvent event) {
        // The process ends with its first query: nothing to be kept up to date.
    }

    synchronized void started(String id, String name) {
        names.put(id, name);
        progress.put(id, Instant.EPOCH);
    }

    synchronized void moved(String id) {
        Instant now = clock.instant();
        progress.put(id, now);
        boolean all =
                progress.values().stream().allMatch(last -> last.plus(STUCK).isAfter(now));
        if (all && !written.plus(BETWEEN).isAfter(now)) {
            write(now);
            written = now;
        }
    }

    private void write(Instant now) {
        ObjectNode root = JSON.createObjectNode()
                .put("time", now.toString())
                .put("pid", ProcessHandle.current().pid());
        ArrayNode queries = root.putArray("queries");
        progress.forEach((id, last) ->
                queries.addObject().put("name", names.getOrDefault(id, id)).put("last_progress", last.toString()));
        try {
            Files.createDirectories(file.getParent());
            Path draft = file.resolveSibling(file.getFileName() + ".draft");
            Files.write(draft, JSON.writeValueAsBytes(root));
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // A full disk stops the queries soon enough, and their error says more.
            LOG.debug("Cannot write {}", file, e);
        }
    }
}
