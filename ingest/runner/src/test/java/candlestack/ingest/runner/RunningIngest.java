package candlestack.ingest.runner;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The host on a thread of a test. */
final class RunningIngest implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Ingest ingest;
    private final Path home;
    private final Thread thread;
    private final AtomicBoolean ready = new AtomicBoolean();

    RunningIngest(Path home, String bootstrap, List<Plan> plans) {
        this(
                home,
                bootstrap,
                new Ingest.Change(
                        plans,
                        new Overview(
                                List.of(),
                                new Overview.Configuration(Clock.systemUTC().instant(), 1, List.of()))));
    }

    RunningIngest(Path home, String bootstrap, Ingest.Change first) {
        this.home = home;
        this.ingest = new Ingest(new Ingest.Setting(home, bootstrap, Clock.systemUTC()), first);
        this.thread = new Thread(this::run, "ingest");
        thread.start();
    }

    private void run() {
        try {
            ingest.run(() -> ready.set(true));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void change(Ingest.Change next) {
        ingest.change(next);
    }

    boolean isReady() {
        return ready.get();
    }

    /** What the status file says of a source; missing if it does not. */
    JsonNode status(String source) throws IOException {
        for (JsonNode one : status().path("sources")) {
            if (one.path("name").asText().equals(source)) {
                return one;
            }
        }
        return JSON.missingNode();
    }

    JsonNode status() throws IOException {
        Path file = home.resolve("run/ingest-status.json");
        return Files.exists(file) ? JSON.readTree(Files.readAllBytes(file)) : JSON.missingNode();
    }

    /** @return how long it took */
    Duration stop() throws InterruptedException {
        long begin = System.nanoTime();
        ingest.stop();
        thread.join(20_000);
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** The number in a source's saved position; 0 if there is none that can be read. */
    long saved(String source) throws IOException {
        Path file = home.resolve("positions").resolve(source + ".json");
        try {
            return JSON.readTree(Files.readAllBytes(file))
                    .path("position")
                    .path("next")
                    .asLong();
        } catch (NoSuchFileException | JacksonException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
