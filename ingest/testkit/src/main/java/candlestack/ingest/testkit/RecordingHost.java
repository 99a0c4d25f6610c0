package candlestack.ingest.testkit;

import static java.util.Objects.requireNonNull;

import candlestack.ingest.api.Batch;
import candlestack.ingest.api.Config;
import candlestack.ingest.api.InvalidConfigException;
import candlestack.ingest.api.Position;
import candlestack.ingest.api.Source;
import candlestack.ingest.api.SourceContext;
import candlestack.ingest.api.SourceException;
import candlestack.ingest.api.SourceFactory;
import candlestack.ingest.api.SourceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A host without Kafka: it creates a source, reads it on the thread of the test, acknowledges what came, and remembers
 * what the source reported. Waiting takes no time: a pause moves the clock on.
 */
public final class RecordingHost implements SourceContext {
    /** How long a source may be asked in vain, by the host's clock and in polls. */
    private static final int MOST_EMPTY_POLLS = 10_000;

    private static final Duration MAX_WAIT = Duration.ofMillis(100);

    private final String instance;
    private final Config config;
    private final FakeClock clock;
    private final Path directory;
    private final List<String> reports = new ArrayList<>();

    private RecordingHost(String instance, Config config, FakeClock clock, Path directory) {
        this.instance = instance;
        this.config = config;
        this.clock = clock;
        this.directory = directory;
    }

    /**
     * @param options as they would be written
     * @param folder the source's own folder, made if it is not there
     */
    public static RecordingHost of(SourceFactory factory, Map<String, String> options, FakeClock clock, Path folder)
            throws InvalidConfigException, IOException {
        Config config = factory.config().bind(options);
        return new RecordingHost(factory.name(), config, clock, Files.createDirectories(folder));
    }

    /** Opens the source anew. The caller closes the reader. */
    public SourceReader open(SourceFactory factory, Optional<Position> position)
            throws SourceException, InterruptedException {
        Source source = requireNonNull(factory.create(this), "create returned null");
        return requireNonNull(source.open(position), "open returned null");
    }

    /** Polls and acknowledges until there are {@code count} batches that are not empty, or nothing comes any more. */
    public List<Batch> batches(SourceReader reader, int count) throws SourceException, InterruptedException {
        List<Batch> batches = new ArrayList<>();
        for (int empty = 0; batches.size() < count && empty < MOST_EMPTY_POLLS; ) {
            Batch batch = requireNonNull(reader.poll(MAX_WAIT), "poll returned null");
            batch.position().ifPresent(reader::acknowledged);
            if (batch.isEmpty()) {
                empty++;
            } else {
                batches.add(batch);
            }
        }
        return batches;
    }

    /** Polls and acknowledges until there are at least {@code count} events and rejects, or nothing comes any more. */
    public Recording read(SourceReader reader, int count) throws SourceException, InterruptedException {
        List<Batch> batches = new ArrayList<>();
        Recording recording = Recording.of(batches);
        while (recording.size() < count) {
            List<Batch> more = batches(reader, 1);
            if (more.isEmpty()) {
                return recording;
            }
            batches.addAll(more);
            recording = Recording.of(batches);
        }
        return recording;
    }

    /** What the source said, oldest first. */
    public synchronized List<String> reports() {
        return List.copyOf(reports);
    }

    @Override
    public String instance() {
        return instance;
    }

    @Override
    public Config config() {
        return config;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        clock.advance(duration.isNegative() ? Duration.ZERO : duration);
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public synchronized void report(String notice) {
        reports.add(requireNonNull(notice, "notice is null"));
    }
}
